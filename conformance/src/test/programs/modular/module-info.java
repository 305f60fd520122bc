/** A program that asks for nothing but the Java module of the library. */
module com.example.modular {
    requires io.hypha.rpc.java;
}
