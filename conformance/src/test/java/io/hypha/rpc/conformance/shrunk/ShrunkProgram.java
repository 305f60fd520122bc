package io.hypha.rpc.conformance.shrunk;

import io.hypha.rpc.java.Hypha;
import io.hypha.rpc.java.HyphaClient;

/**
 * What a program may do with the library, to be shrunk and obfuscated together with it. Prints what came back. The
 * argument is the URL of the server.
 */
public final class ShrunkProgram {
    private ShrunkProgram() {}

    /** Offers services with one client and calls them with another. */
    public static void main(String[] args) throws Exception {
        try (HyphaClient provider = Hypha.connect(args[0]);
                HyphaClient caller = Hypha.connect(args[0])) {
            BuiltService.show(provider, caller);
            TypedService.show(provider, caller);
            ClassesAsValues.show(provider, caller);
        }
        KotlinService.show(args[0]);
    }
}
