package io.hypha.rpc.java;

import io.hypha.rpc.service.MembersBuilder;
import kotlin.Unit;

/** The functions and constants of a group in a service: see {@link ServiceMembers#group}. */
public final class GroupBuilder extends ServiceMembers<GroupBuilder> {
    GroupBuilder() {}

    void addAs(String name, MembersBuilder members) {
        members.group(name, group -> {
            try {
                addTo(group);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("in the group '" + name + "' " + e.getMessage(), e);
            }
            return Unit.INSTANCE;
        });
    }
}
