package io.hypha.rpc.java;

import io.hypha.rpc.jvm.JavaInterfaces;
import io.hypha.rpc.service.InterfaceObject;
import java.util.List;

/**
 * Functions of this program that another client may keep: unlike a {@link Callback} they can be called after the call
 * that brought them has ended (protocol §4.5). It can be passed wherever a callback can: as an argument or in one, in a
 * result, in the data of an event to one client. Constants in it go along. What arrives is a {@link HyphaService}.
 *
 * <pre>{@code
 * HyphaInterface watcher = HyphaInterface.builder()
 *         .action("on_image", Param.of("number", Integer.class), number -> System.out.println("image " + number))
 *         .build();
 * microscope.call("watch", Void.class, watcher);
 * }</pre>
 *
 * <p>For every client that it is sent to there is a hidden service, which is in no list. It ends when that client
 * disposes of it or leaves, by {@link #dispose}, by {@code unregisterService} with one of the {@link #ids}, and with
 * the connection; calls that run by then end as usual. Sent again to the same client it is the same object there. Not
 * every server tells of a client in another workspace that leaves: dispose of what such a client was handed when it is
 * no longer needed.
 *
 * <p>Calls run side by side, in no order, on threads that may block. It may be sent over several connections, and is
 * safe for use by several threads.
 */
public final class HyphaInterface {
    private final InterfaceObject object;

    HyphaInterface(InterfaceObject object) {
        this.object = object;
    }

    /** An interface object to be described. */
    public static HyphaInterfaceBuilder builder() {
        return new HyphaInterfaceBuilder();
    }

    /** The ids of the hidden services that stand for it now: one for each client that may call it. */
    public List<String> ids() {
        return object.getIds();
    }

    /** Ends it for all clients that it was sent to. Doing so again changes nothing; sending it again begins anew. */
    public void dispose() {
        object.dispose();
    }

    /** What is sent in its place. */
    Object value() {
        return JavaInterfaces.value(object);
    }

    @Override
    public String toString() {
        return object.toString().replace("InterfaceObject", "HyphaInterface");
    }
}
