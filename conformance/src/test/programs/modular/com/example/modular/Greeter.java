package com.example.modular;

import io.hypha.rpc.jvm.RemoteName;

/** A service as an interface. The names of parameters stand here, for not every platform has those in class files. */
interface Greeter {
    /** Greets a person. */
    String hello(@RemoteName("name") String name);
}
