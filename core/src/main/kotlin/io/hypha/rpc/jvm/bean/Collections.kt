package io.hypha.rpc.jvm.bean

import java.util.ArrayDeque
import java.util.Deque
import java.util.LinkedList
import java.util.NavigableMap
import java.util.NavigableSet
import java.util.Queue
import java.util.SortedMap
import java.util.SortedSet
import java.util.TreeMap
import java.util.TreeSet
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.ConcurrentMap
import java.util.concurrent.CopyOnWriteArrayList

/** How to make the collections of Java's library that a program may ask for; what it is given has everything in it in its order. */
internal object Collections {
    private val lists: Map<Class<*>, (List<Any?>) -> Any> =
        mapOf(
            Iterable::class.java to { it },
            Collection::class.java to { it },
            List::class.java to { it },
            ArrayList::class.java to { it },
            LinkedList::class.java to { LinkedList(it) },
            CopyOnWriteArrayList::class.java to { CopyOnWriteArrayList(it) },
            Queue::class.java to { ArrayDeque(it) },
            Deque::class.java to { ArrayDeque(it) },
            ArrayDeque::class.java to { ArrayDeque(it) },
        )

    private val sets: Map<Class<*>, (List<Any?>) -> Any> =
        mapOf(
            Set::class.java to { LinkedHashSet(it) },
            LinkedHashSet::class.java to { LinkedHashSet(it) },
            HashSet::class.java to { HashSet(it) },
            SortedSet::class.java to { TreeSet(it) },
            NavigableSet::class.java to { TreeSet(it) },
            TreeSet::class.java to { TreeSet(it) },
        )

    private val maps: Map<Class<*>, (Map<Any?, Any?>) -> Any> =
        mapOf(
            Map::class.java to { it },
            LinkedHashMap::class.java to { it },
            HashMap::class.java to { HashMap(it) },
            SortedMap::class.java to { TreeMap(it) },
            NavigableMap::class.java to { TreeMap(it) },
            TreeMap::class.java to { TreeMap(it) },
            ConcurrentMap::class.java to { ConcurrentHashMap(it) },
            ConcurrentHashMap::class.java to { ConcurrentHashMap(it) },
        )

    /** What makes a [type] of an `ArrayList`; null when it is no list that is known. */
    fun list(type: Class<*>): ((List<Any?>) -> Any)? = lists[type]

    /** What makes a [type] of a list of its elements; null when it is no set that is known. */
    fun set(type: Class<*>): ((List<Any?>) -> Any)? = sets[type]

    /** What makes a [type] of a `LinkedHashMap`; null when it is no map that is known. */
    fun map(type: Class<*>): ((Map<Any?, Any?>) -> Any)? = maps[type]
}
