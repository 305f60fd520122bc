package io.hypha.rpc.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JavaTypedServicesTest {
    @Test
    @DisplayName("an interface is called through a proxy")
    void program() {
        assertEquals(
                Arrays.asList(
                        "version 1.0",
                        "41 + 1 is 42",
                        "40 + 2 is 42",
                        "counted [0, 1, 2]",
                        "done 0.5",
                        "done 1.0",
                        "called by somebody"),
                Output.linesOf(() -> JavaTypedServices.main(new String[0])));
    }

    @Test
    @DisplayName("an annotated object is a service, and its defaults hold")
    void members() {
        assertEquals(
                Arrays.asList("moved to 1.5", "moved to 2.0"),
                Output.linesOf(() -> JavaMembers.main(new String[0])));
    }
}
