package io.hypha.rpc.samples;

import io.hypha.rpc.java.Hypha;
import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.HyphaService;
import io.hypha.rpc.java.LookupSettings;
import io.hypha.rpc.java.ServiceQuery;
import io.hypha.rpc.service.CaseConversion;
import io.hypha.rpc.service.SelectionMode;
import io.hypha.rpc.service.ServiceInfo;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Finds the service of {@link JavaHelloService} in several ways. The arguments are its id and the URL of the server.
 */
public final class JavaFindServices {
    private JavaFindServices() {}

    /** @param args the id that {@code JavaHelloService} prints, and the URL of the server. */
    public static void main(String[] args) {
        if (args.length == 0) {
            throw new IllegalArgumentException("the first argument is the id that JavaHelloService prints");
        }
        try (HyphaClient client = Hypha.connect(args.length > 1 ? args[1] : "http://127.0.0.1:9527")) {
            find(client, args[0]);
        }
    }

    // tag::java-find-services[]
    static void find(HyphaClient client, String id) {
        ServiceInfo info = client.getServiceInfo(id);
        System.out.println(info.getServiceId() + " has "
                + String.join(", ", new TreeSet<>(info.getServiceSchema().keySet())));
        List<ServiceInfo> all = client.listServices(
                ServiceQuery.create().workspace(info.getWorkspace()).serviceId(info.getServiceId()));
        System.out.println("there " + (all.size() == 1 ? "is one" : "are " + all.size()) + " of them");

        HyphaService hello = client.getService(
                id,
                LookupSettings.create()
                        .mode(SelectionMode.Random)
                        .timeout(5, TimeUnit.SECONDS)
                        .caseConversion(CaseConversion.Camel));
        System.out.println(hello.call("hello", String.class, "John"));
        // This one only reads: repeat it also when nobody knows whether it ran.
        System.out.println(hello.idempotent().call("add", Integer.class, 40));
    }
    // end::java-find-services[]
}
