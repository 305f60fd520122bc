package io.hypha.rpc.testing

import io.hypha.rpc.client.HyphaConnection
import io.hypha.rpc.transport.LinkedPair
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest

/** Runs [test] with the client `ws/alice` and a scripted workspace manager. Nothing may be left at the end. */
@OptIn(ExperimentalCoroutinesApi::class)
internal fun withManager(test: suspend TestScope.(alice: HyphaConnection, manager: ScriptedPeer) -> Unit) =
    runTest {
        val pair = LinkedPair(infoOf("alice"), infoOf("manager-1", "*"), capacity = 1024)
        val alice = connectOver(pair.left)
        try {
            test(alice, ScriptedPeer(pair.right, "*/manager-1"))
            runCurrent()
            shouldHoldNothing(alice)
        } finally {
            alice.close()
            alice.awaitClosed()
        }
    }
