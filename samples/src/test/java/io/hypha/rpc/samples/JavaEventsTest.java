package io.hypha.rpc.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JavaEventsTest {
    @Test
    @DisplayName("two clients hear of each other, and the workspace is looked after")
    void program() {
        assertEquals(
                Arrays.asList(
                        "ws-user-ada/sender says it works",
                        "the answer is 42",
                        "new service ws-user-ada/sender:hello",
                        "workspaces [ws-user-ada, lab-7]",
                        "MODEL is v2",
                        "logged {trained=1}"),
                Output.linesOf(() -> JavaEvents.main(new String[0])));
    }
}
