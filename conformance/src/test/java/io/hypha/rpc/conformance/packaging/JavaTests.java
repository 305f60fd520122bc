package io.hypha.rpc.conformance.packaging;

import static org.junit.platform.engine.discovery.ClassNameFilter.STANDARD_INCLUDE_PATTERN;
import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.PackageNameFilter.includePackageNames;

import java.io.PrintWriter;
import java.nio.file.Paths;
import java.util.Set;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs the tests of a package in a folder of classes, with whichever JVM this is started on. Fails when one of them
 * does, or when there is none. The arguments are the folder and the package.
 */
public final class JavaTests {
    private JavaTests() {}

    /** Runs the tests and prints how many passed, or what failed. */
    public static void main(String[] args) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(DiscoverySelectors.selectClasspathRoots(Set.of(Paths.get(args[0]))))
                                .filters(includeClassNamePatterns(STANDARD_INCLUDE_PATTERN))
                                .filters(includePackageNames(args[1]))
                                .filters(EngineFilter.includeEngines("junit-jupiter"))
                                .configurationParameter("junit.jupiter.execution.timeout.default", "120 s")
                                .build(),
                        listener);
        TestExecutionSummary summary = listener.getSummary();
        summary.printFailuresTo(new PrintWriter(System.out, true));
        System.out.println(summary.getTestsSucceededCount() + " passed");
        boolean isGood = summary.getTotalFailureCount() == 0 && summary.getTestsSucceededCount() > 0;
        System.exit(isGood ? 0 : 1);
    }
}
