package com.example.modular;

/** A service as an interface. */
interface Greeter {
    /** Greets a person. */
    String hello(String name);
}
