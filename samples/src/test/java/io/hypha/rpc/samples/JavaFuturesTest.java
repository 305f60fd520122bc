package io.hypha.rpc.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JavaFuturesTest {
    @Test
    @DisplayName("calls run at once, and what is cancelled or too late ends at the other side as well")
    void program() {
        assertEquals(
                Arrays.asList("[0, 1, 4, 9, 16]", "cancelled", "too late"),
                Output.linesOf(() -> JavaFutures.main(new String[0])));
    }
}
