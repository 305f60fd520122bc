package io.hypha.rpc.java;

import io.hypha.rpc.service.InterfaceObjectKt;
import kotlin.Unit;

/** Describes an interface object; made by {@link HyphaInterface#builder}. For one thread at a time. */
public final class HyphaInterfaceBuilder extends ServiceMembers<HyphaInterfaceBuilder> {
    private boolean onlyAllowedCaller;

    HyphaInterfaceBuilder() {}

    /**
     * Refuses everybody but the client that it was sent to; else all of this client's workspace may call it too, once
     * they were handed its functions.
     */
    public HyphaInterfaceBuilder onlyAllowedCaller() {
        onlyAllowedCaller = true;
        return this;
    }

    /**
     * The finished object. The builder can go on and build others.
     *
     * @throws IllegalArgumentException when a member is not valid, a name is taken twice, or there is no function.
     */
    public HyphaInterface build() {
        try {
            return new HyphaInterface(InterfaceObjectKt.interfaceObject(onlyAllowedCaller, members -> {
                addTo(members);
                return Unit.INSTANCE;
            }));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the interface object is not valid: " + e.getMessage(), e);
        }
    }
}
