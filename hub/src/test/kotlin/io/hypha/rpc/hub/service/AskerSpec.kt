package io.hypha.rpc.hub.service

import io.hypha.rpc.call.WorkspacePermission
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

class AskerSpec :
    FunSpec({
        val public = entry("w/c:public", visibility = "public")
        val unlisted = entry("w/c:unlisted", visibility = "unlisted")
        val protected = entry("w/c:protected")
        val inviting = entry("w/c:inviting", config = mapOf("authorized_workspaces" to listOf("guests", "others")))
        val all = listOf(public, unlisted, protected, inviting)

        val insider = Asker("w") { null }
        val stranger = Asker("elsewhere") { null }
        val guest = Asker("guests") { null }
        val reader = Asker("elsewhere") { if (it == "w") WorkspacePermission.Read else null }

        test("lets everybody get what is not protected, and protected services whom they are for") {
            fun gettable(asker: Asker) = all.filter { asker.mayGet(it) }
            gettable(insider) shouldBe all
            gettable(stranger) shouldBe listOf(public, unlisted)
            gettable(guest) shouldBe listOf(public, unlisted, inviting)
            gettable(reader) shouldBe all
        }

        test("lists the services of one workspace") {
            fun listed(
                asker: Asker,
                unlisted: Boolean = false,
            ) = all.filter { asker.maySee(it, anyWorkspace = false, includeUnlisted = unlisted) }
            listed(insider) shouldBe listOf(public, protected, inviting)
            listed(insider, unlisted = true) shouldBe all
            listed(stranger, unlisted = true) shouldBe listOf(public)
            listed(guest, unlisted = true) shouldBe listOf(public, inviting)
            listed(reader, unlisted = true) shouldBe listOf(public, protected, inviting)
        }

        test("lists the public services of all workspaces, its own ones and those that the asker is invited to") {
            fun listed(asker: Asker) = all.filter { asker.maySee(it, anyWorkspace = true, includeUnlisted = false) }
            listed(insider) shouldBe listOf(public, protected, inviting)
            listed(reader) shouldBe listOf(public)
            listed(guest) shouldBe listOf(public, inviting)
        }

        test("does not tell guests who else is invited") {
            (guest.infoOf(inviting)["config"] as Map<*, *>).containsKey("authorized_workspaces") shouldBe false
            (insider.infoOf(inviting)["config"] as Map<*, *>)["authorized_workspaces"] shouldBe listOf("guests", "others")
        }
    })
