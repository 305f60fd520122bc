package io.hypha.rpc.hub.login

import io.hypha.rpc.call.WorkspacePermission
import io.hypha.rpc.hub.LoginUser
import io.hypha.rpc.hub.auth.HubProblem
import io.hypha.rpc.hub.auth.Scope
import io.hypha.rpc.hub.auth.TokenProblem
import io.hypha.rpc.hub.auth.Tokens
import io.hypha.rpc.hub.auth.UserInfo
import io.hypha.rpc.hub.workspace.Workspace
import io.hypha.rpc.hub.workspace.Workspaces
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import io.kotest.matchers.string.shouldStartWith
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import kotlin.time.Duration
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

@OptIn(ExperimentalCoroutinesApi::class)
class LoginDeskSpec :
    FunSpec({
        class Setting(
            test: TestScope,
            most: Int = 1000,
        ) {
            val now = { 1_700_000_000 + test.currentTime / 1000 }
            val tokens = Tokens(ByteArray(32) { 7 }, epochSeconds = now)
            val workspaces = Workspaces().apply { create(Workspace("team-one", owners = listOf("ada")), UserInfo.Root, overwrite = false) }
            val sessions = LoginSessions(180.seconds, test.testScheduler.timeSource, most)
            val desk = LoginDesk(sessions, tokens, workspaces, { "http://hub" }, now)

            fun start(
                workspace: String? = null,
                expiresIn: Double? = null,
            ): String = desk.start(LoginRequest.of(workspace, expiresIn))["key"] as String

            fun report(
                key: String,
                token: String,
                workspace: String? = null,
                expiresIn: Double? = null,
                person: LoginPerson = LoginPerson(),
            ) = desk.report(key, token, LoginRequest.of(workspace, expiresIn), person)

            fun enter(
                key: String,
                user: LoginUser,
            ) = desk.enter(sessions.find(key)!!, user)
        }

        fun setting(
            most: Int = 1000,
            test: suspend TestScope.(Setting) -> Unit,
        ) = runTest { test(Setting(this, most)) }

        test("a login begins with a key of its own and the addresses around it") {
            setting {
                val one = it.desk.start(LoginRequest.of("team-one", 60.0))
                val key = one.getValue("key") as String
                key.length shouldBe 43
                one["login_url"] shouldBe "http://hub/public/apps/hypha-login/?key=$key&workspace=team-one&expires_in=60"
                one["report_url"] shouldBe "http://hub/public/services/hypha-login/report"
                one["check_url"] shouldBe "http://hub/public/services/hypha-login/check"
                it.start() shouldNotBe key
                it.sessions.find(key).toString() shouldNotContain key
            }
        }

        test("a check waits until somebody has logged in, and consumes the key") {
            setting { s ->
                val key = s.start()
                s.desk.check(key, Duration.ZERO) shouldBe null
                val check = async { s.desk.check(key, 60.seconds) }
                advanceTimeBy(59.seconds)
                check.isCompleted shouldBe false
                s.enter(key, LoginUser("ada", email = "ada@example.org", emailVerified = true, name = "Ada"))
                val outcome = check.await()!!
                s.tokens.verify(outcome.token).let { listOf(it.id, it.email, it.expiresAt, it.scope.currentWorkspace) } shouldBe
                    listOf("ada", "ada@example.org", s.now() + 86_400, null)
                outcome.toMap() - "token" shouldBe
                    mapOf(
                        "workspace" to null,
                        "expires_in" to 86_400L,
                        "email" to "ada@example.org",
                        "email_verified" to true,
                        "name" to "Ada",
                        "nickname" to null,
                        "user_id" to "ada",
                        "picture" to null,
                    )
                outcome.toString() shouldNotContain outcome.token
                shouldThrow<HubProblem> { s.desk.check(key, Duration.ZERO) }.detail shouldBe "Invalid key, key does not exist"
            }
        }

        test("a check that waits too long says how long, and the login goes on") {
            setting { s ->
                val key = s.start()
                shouldThrow<HubProblem> { s.desk.check(key, 2.5.seconds) }.message shouldBe
                    "TimeoutError: Login timeout, waited for 2.5 seconds"
                shouldThrow<HubProblem> { s.desk.check(key, 3.seconds) }.detail shouldBe "Login timeout, waited for 3 seconds"
                s.enter(key, LoginUser("ada"))
                s.desk.check(key, Duration.ZERO) shouldNotBe null
            }
        }

        test("a login is over after its time, for the person and for the program") {
            setting { s ->
                val key = s.start()
                shouldThrow<HubProblem> { s.desk.check(key, 60.minutes) }.detail shouldContain "Login timeout"
                currentTime shouldBe 180_000
                s.sessions.find(key) shouldBe null
                shouldThrow<HubProblem> { s.report(key, "any") }.detail shouldBe "Invalid key, key does not exist"
            }
        }

        test("of two checks that wait the last one gets the token") {
            setting { s ->
                supervisorScope {
                    val key = s.start()
                    val first = async { s.desk.check(key, 60.seconds) }
                    runCurrent()
                    val second = async { s.desk.check(key, 60.seconds) }
                    shouldThrow<HubProblem> { first.await() }.detail shouldContain "taken over"
                    s.enter(key, LoginUser("ada"))
                    second.await() shouldNotBe null
                }
            }
        }

        test("the number of logins that are under way is bounded, and those that are over make room") {
            setting(most = 2) { s ->
                repeat(2) { _ -> s.start() }
                shouldThrow<HubProblem> { s.start() }.detail shouldContain "Too many logins"
                advanceTimeBy(181.seconds)
                s.start() shouldNotBe ""
            }
        }

        test("with a workspace the token is for that workspace, with what the user may do there") {
            setting { s ->
                val key = s.start("team-one")
                s.enter(key, LoginUser("ada"))
                val user = s.tokens.verify(s.desk.check(key, Duration.ZERO)!!.token)
                user.scope.toString() shouldBe "ws:team-one#a wid:team-one"
                user.expiresAt shouldBe s.now() + 3600
                val denied = s.start("team-one")
                shouldThrow<HubProblem> { s.enter(denied, LoginUser("bob")) }.message shouldBe
                    "PermissionError: Permission denied for workspace team-one"
                shouldThrow<HubProblem> { s.enter(s.start("public"), LoginUser("bob")) }.type shouldBe "PermissionError"
                shouldThrow<HubProblem> { s.enter(s.start("ws-user-ada"), LoginUser("bob")) }.type shouldBe "PermissionError"
            }
        }

        test("a reported token is verified, and replaced by one for the workspace that is wanted") {
            setting { s ->
                val token = s.tokens.issue(UserInfo("ada", listOf(UserInfo.ADMIN), email = "ada@example.org"), 600)
                val asItIs = s.start()
                s.report(asItIs, token)
                s.desk.check(asItIs, Duration.ZERO)!!.token shouldBe token
                val scoped = s.start("team-one", 100_000.0)
                s.report(scoped, token)
                val outcome = s.desk.check(scoped, Duration.ZERO)!!
                val user = s.tokens.verify(outcome.token)
                user.scope.toString() shouldBe "ws:team-one#a wid:team-one"
                user.roles shouldBe emptyList()
                // No later than the token that it was made of.
                user.expiresAt shouldBe s.now() + 600
                outcome.toMap()["expires_in"] shouldBe 600L
                val short = s.start()
                s.report(short, token, "team-one", 60.0)
                s.tokens.verify(s.desk.check(short, Duration.ZERO)!!.token).expiresAt shouldBe s.now() + 60
            }
        }

        test("a reported token cannot be turned into one that is good for more") {
            setting { s ->
                fun tokenWith(
                    scope: Scope,
                    user: String = "ada",
                ) = s.tokens.issue(UserInfo(user, scope = scope), 600)
                val elsewhere = tokenWith(Scope(mapOf("other-one" to WorkspacePermission.Read), "other-one"))
                shouldThrow<HubProblem> { s.report(s.start("team-one"), elsewhere) }.type shouldBe "PermissionError"
                val special = tokenWith(Scope(extra = listOf("file:download")))
                shouldThrow<HubProblem> { s.report(s.start(), special) }.type shouldBe "PermissionError"
                val nobody = tokenWith(Scope(), "bob")
                shouldThrow<HubProblem> { s.report(s.start("team-one"), nobody) }.type shouldBe "PermissionError"
                val bound = tokenWith(Scope(mapOf("team-one" to WorkspacePermission.Read), "team-one", "only-me"), "bob")
                val key = s.start("team-one")
                s.report(key, bound)
                s.tokens
                    .verify(s.desk.check(key, Duration.ZERO)!!.token)
                    .scope
                    .toString() shouldBe "ws:team-one#r wid:team-one cid:only-me"
                shouldThrow<TokenProblem> { s.report(s.start(), "nonsense") }
            }
        }

        test("a hub that stops ends the checks that wait, and begins no more logins") {
            setting { s ->
                supervisorScope {
                    val key = s.start()
                    val check = async { s.desk.check(key, 60.seconds) }
                    runCurrent()
                    s.sessions.close()
                    shouldThrow<HubProblem> { check.await() }.message shouldBe "RuntimeError: The hub is stopping"
                    currentTime shouldBe 0
                    shouldThrow<HubProblem> { s.start() }.message shouldBe "RuntimeError: The hub is stopping"
                }
            }
        }

        test("a login is completed once") {
            setting { s ->
                val key = s.start()
                s.enter(key, LoginUser("ada"))
                shouldThrow<HubProblem> { s.enter(key, LoginUser("bob")) }.detail shouldContain "complete already"
            }
        }

        test("who reports a token may say who it is, but only the token's own address is verified") {
            setting { s ->
                suspend fun profileOf(
                    user: UserInfo,
                    person: LoginPerson,
                ): Map<String, Any?> {
                    val key = s.start()
                    s.report(key, s.tokens.issue(user, 600), person = person)
                    return s.desk.check(key, Duration.ZERO)!!.toMap()
                }
                val claims = LoginPerson("boss@example.org", emailVerified = true, name = "Boss")
                profileOf(
                    UserInfo("ada"),
                    claims,
                ).let { listOf(it["email"], it["email_verified"], it["name"], it["user_id"]) } shouldContainExactly
                    listOf("boss@example.org", false, "Boss", "ada")
                profileOf(
                    UserInfo("ada", email = "ada@example.org"),
                    claims,
                ).let { listOf(it["email"], it["email_verified"]) } shouldContainExactly
                    listOf("ada@example.org", true)
            }
        }

        test("only an address that is known to be the person's own stands in the token, because workspaces name owners by it") {
            setting { s ->
                s.workspaces.create(Workspace("team-mail", owners = listOf("boss@example.org")), UserInfo.Root, overwrite = false)
                val claimed = LoginUser("eve", email = "boss@example.org")
                val key = s.start()
                s.enter(key, claimed)
                val outcome = s.desk.check(key, Duration.ZERO)!!
                s.tokens.verify(outcome.token).email shouldBe null
                outcome.toMap()["email"] shouldBe "boss@example.org"
                shouldThrow<HubProblem> { s.enter(s.start("team-mail"), claimed) }.type shouldBe "PermissionError"
                s.enter(s.start("team-mail"), LoginUser("ada", email = "boss@example.org", emailVerified = true))
            }
        }

        test("a token for one workspace opens nothing else that belongs to its user, however it is passed on") {
            setting { s ->
                val key = s.start("team-one")
                s.enter(key, LoginUser("ada"))
                s.workspaces.create(Workspace("team-own", owners = listOf("ada")), UserInfo.Root, overwrite = false)
                val user = s.tokens.verify(s.desk.check(key, Duration.ZERO)!!.token)
                s.workspaces.find("team-own", user)!!.permissionOf(user) shouldBe null
                s.workspaces.find("ws-user-ada", user) shouldBe null
                s.workspaces.find("team-one", user)!!.permissionOf(user) shouldBe WorkspacePermission.Admin
                s.workspaces.accessibleTo(user).map { it.id } shouldContainExactly listOf("team-one")
            }
        }

        test("requests that cannot be are refused") {
            for ((workspace, life) in listOf(
                "a b" to null,
                "a/b" to null,
                "a#b" to null,
                "*" to null,
                null to 0.5,
                null to 1e12,
                null to Double.NaN,
            )) {
                shouldThrow<HubProblem> { LoginRequest.of(workspace, life) }.message!! shouldStartWith "ValueError: "
            }
        }

        test("user ids that are reserved or that no workspace can be named after are refused") {
            for (id in listOf("", "root", "anonymouz-a-b-1", "Ada", "a b", "a@b", "a/b", "a#b", "-a", "a".repeat(129))) {
                shouldThrow<IllegalArgumentException> { LoginUser(id) }
            }
        }
    })
