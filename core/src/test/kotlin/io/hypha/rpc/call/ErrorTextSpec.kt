package io.hypha.rpc.call

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

/** What a peer says of a failure may be of any length and shape. */
class ErrorTextSpec :
    FunSpec({
        test("the words of hops are taken off") {
            ErrorText("RemoteError:Error: RemoteError: ValueError: bad").line shouldBe "ValueError: bad"
            ErrorText("hypha_rpc.RemoteException: RemoteError: ValueError: bad").type shouldBe "ValueError"
        }

        test("a long text of dotted names does not run out of stack") {
            val names = "a.".repeat(200_000)
            ErrorText("${names}Boom: bad").message shouldBe "${names}Boom: bad"
            ErrorText("${names}RemoteException: RemoteError: bad").whole.length shouldBe names.length + 33
        }

        test("endless hops take no endless time") {
            ErrorText("RemoteError:".repeat(500_000)).type shouldBe null
        }
    })
