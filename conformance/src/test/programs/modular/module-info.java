/** A program that asks for nothing but the Java module of the library. */
// tag::module[]
module com.example.modular {
    requires io.hypha.rpc.java;

    // For what the library finds by reflection: interfaces that describe services, and beans.
    opens com.example.modular to
            io.hypha.rpc.core,
            io.hypha.rpc.java;
}
// end::module[]
