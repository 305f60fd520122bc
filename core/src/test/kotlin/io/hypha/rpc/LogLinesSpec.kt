package io.hypha.rpc

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeSameInstanceAs

class LogLinesSpec :
    FunSpec({
        fun said(
            message: String,
            cause: Throwable? = null,
        ): Pair<String, Throwable?> {
            lateinit var heard: Pair<String, Throwable?>
            LogLines { _, text, trace -> heard = text to trace }.log(HyphaLogger.Level.Warn, message, cause)
            return heard
        }

        test("an ordinary message stays as it is") {
            val message = "the server says: größer als 5"
            said(message).first shouldBeSameInstanceAs message
        }

        test("nothing in a message begins a line of its own") {
            listOf("\n", "\r\n", "\u000b", "\u0085", "\u2028", "\u001b[2J").forEach {
                said("reason: a${it}ERROR b").first.count { character -> character < ' ' || character in "\u0085\u2028" } shouldBe 0
            }
            said("a\nb").first shouldBe "a b"
        }

        test("a long message is cut, and its cause is kept") {
            val cause = IllegalStateException()
            val (text, trace) = said("x".repeat(1_000_000), cause)
            text.length shouldBe 2001
            trace shouldBeSameInstanceAs cause
        }

        test("a log that fails does so for itself") {
            LogLines { _, _, _ -> error("the disk is full") }.log(HyphaLogger.Level.Warn, "x", null)
            LogLines { _, _, _ -> throw NoClassDefFoundError("Appender") }.log(HyphaLogger.Level.Warn, "x", null)
            val undecided =
                object : HyphaLogger {
                    override fun log(
                        level: HyphaLogger.Level,
                        message: String,
                        cause: Throwable?,
                    ) = Unit

                    override fun isEnabled(level: HyphaLogger.Level): Boolean = error("no configuration")
                }
            LogLines(undecided).debug { "x" }
        }

        test("messages that nobody wants to read are not even made") {
            var made = 0
            val heard = mutableListOf<String>()
            val logger =
                object : HyphaLogger {
                    override fun log(
                        level: HyphaLogger.Level,
                        message: String,
                        cause: Throwable?,
                    ) {
                        heard += message
                    }

                    override fun isEnabled(level: HyphaLogger.Level): Boolean = level > HyphaLogger.Level.Debug
                }
            LogLines(logger).debug { "${made++}" }
            HyphaLogger.Silent.debug { "${made++}" }
            made shouldBe 0
            LogLines { _, text, _ -> heard += text }.debug { "wanted" }
            heard.shouldContainExactly("wanted")
        }
    })
