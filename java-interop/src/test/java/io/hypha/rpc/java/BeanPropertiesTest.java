package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.hub.HyphaHub;
import io.hypha.rpc.jvm.RemoteIgnore;
import io.hypha.rpc.jvm.RemoteName;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which methods and fields make up a property, and what it is called. */
class BeanPropertiesTest {
    static class Hidden<T> {
        private T label;

        @RemoteName("title")
        public T getLabel() {
            return label;
        }

        public void setLabel(T label) {
            this.label = label;
        }
    }

    /** The compiler makes the methods of its parent once more. */
    public static class Shown extends Hidden<Integer> {
        public int size = 1;
    }

    /** The compiler makes a setter for any object. */
    public static class Narrowed extends Hidden<String> {
        @Override
        public void setLabel(String label) {
            super.setLabel(label + "!");
        }
    }

    public static class Position {
        private int xPosition = 1;
        private int yPosition = 2;
        private int settled;

        public int getXPosition() {
            return xPosition;
        }

        public void setXPosition(int x) {
            xPosition = x;
        }

        public int getyPosition() {
            return yPosition;
        }

        public void setyPosition(int y) {
            yPosition = y;
        }

        public void settle(int settled) {
            this.settled = settled;
        }
    }

    public static class Account {
        @RemoteIgnore
        private boolean isLocked = true;

        @RemoteName("is-new")
        private boolean isNew = true;

        private transient String url = "secret";
        private String pin = "secret";

        public boolean isLocked() {
            return isLocked;
        }

        public void setLocked(boolean locked) {
            isLocked = locked;
        }

        public boolean isNew() {
            return isNew;
        }

        public void setNew(boolean isNew) {
            this.isNew = isNew;
        }

        public String getURL() {
            return url;
        }

        public String getPin() {
            return pin;
        }

        public void setPin(String pin) {
            this.pin = pin;
        }

        @RemoteIgnore
        public void setPin(int pin) {
            this.pin = "" + pin;
        }
    }

    public static class Both {
        public boolean isOpen() {
            return true;
        }

        public boolean getOpen() {
            return false;
        }

        public Boolean isFull() {
            return true;
        }

        public boolean getFull() {
            return false;
        }
    }

    private static final HyphaHub hub = HyphaHub.start();
    private static HyphaClient client;

    @BeforeAll
    static void connect() {
        client = Hypha.connect(hub.getUrl());
    }

    @AfterAll
    static void close() {
        client.close();
        hub.close();
    }

    @Test
    @DisplayName("the properties of a parent that is not public are there, with its annotations and types")
    void hiddenParent() {
        Shown shown = new Shown();
        shown.setLabel(5);
        assertEquals(Map.of("title", 5L, "size", 1L), client.echo(shown));
        assertEquals(6, client.echo(Map.of("title", 6), Shown.class).getLabel());
        assertEquals("a!", client.echo(Map.of("title", "a"), Narrowed.class).getLabel());
    }

    @Test
    @DisplayName("a capital after one letter is part of the name, as the field has it")
    void oneLetter() {
        assertEquals(Map.of("xPosition", 1L, "yPosition", 2L), client.echo(new Position()));
        Position position = client.echo(Map.of("xPosition", 3, "yPosition", 4, "tle", 5), Position.class);
        assertEquals(3, position.xPosition);
        assertEquals(4, position.yPosition);
        assertEquals(0, position.settled);
    }

    @Test
    @DisplayName("annotations and transient count on the field of an isX() or an acronym, and on every setter")
    void fields() {
        assertEquals(Map.of("is-new", false), client.echo(accountThatIsOld()));
        Account received = client.echo(Map.of("locked", false, "is-new", false, "pin", "a"), Account.class);
        assertTrue(received.isLocked());
        assertEquals(false, received.isNew());
        assertEquals("secret", received.getPin());
    }

    private static Account accountThatIsOld() {
        Account account = new Account();
        account.setNew(false);
        return account;
    }

    @Test
    @DisplayName("isX() comes before getX()")
    void twoGetters() {
        assertEquals(Map.of("open", true, "full", true), client.echo(new Both()));
    }
}
