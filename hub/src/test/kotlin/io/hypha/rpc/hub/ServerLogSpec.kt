package io.hypha.rpc.hub

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import org.slf4j.event.EventRecordingLogger
import org.slf4j.event.Level
import org.slf4j.event.SubstituteLoggingEvent
import org.slf4j.helpers.SubstituteLogger
import java.util.concurrent.LinkedBlockingQueue

class ServerLogSpec :
    FunSpec({
        test("what the HTTP server tells of its own start is a detail, and its warnings stay what they are") {
            val events = LinkedBlockingQueue<SubstituteLoggingEvent>()
            val log = ServerLog(EventRecordingLogger(SubstituteLogger("hub", events, false), events))
            log.info("Application started")
            log.warn("odd")
            events.map { it.level to it.message } shouldContainExactly listOf(Level.DEBUG to "Application started", Level.WARN to "odd")
        }
    })
