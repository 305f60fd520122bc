package io.hypha.rpc.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hypha.rpc.call.UserInfo;
import io.hypha.rpc.call.WorkspacePermission;
import io.hypha.rpc.client.HyphaEvent;
import io.hypha.rpc.hub.HubOptions;
import io.hypha.rpc.hub.HyphaHub;
import io.hypha.rpc.hub.LoginProvider;
import io.hypha.rpc.ktor.LoginContext;
import io.hypha.rpc.ktor.LoginProfile;
import io.hypha.rpc.service.CaseConversion;
import io.hypha.rpc.service.SelectionMode;
import io.hypha.rpc.service.ServiceInfo;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The Java programs of the guide. */
@Timeout(60)
class GuideTest {

    static String find(HyphaClient client) {
        List<ServiceInfo> all =
                client.listServices(ServiceQuery.create().workspace("garden").serviceId("hello-*"));
        HyphaService hello = client.getService(
                all.get(0).getId(),
                LookupSettings.create()
                        .mode(SelectionMode.Random)
                        .timeout(5, TimeUnit.SECONDS)
                        .caseConversion(CaseConversion.Camel));
        return hello.call("sayHello", String.class, "John");
    }

    static Object talk(HyphaClient listener, HyphaClient sender) throws InterruptedException {
        BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
        ListenerHandle news = listener.subscribe("news", event -> heard.add(event.getData()));
        sender.emit("news", "it works", "*");
        System.out.println(heard.take());
        news.close();

        try (EventStream answers = listener.events(EventMatch.of("answer").where(event -> event.getData() != null))) {
            sender.emit("answer", 42, listener.clientId());
            HyphaEvent answer = answers.next();
            return answer.getData();
        }
    }

    static UserInfo shareWithGuest(HyphaClient client) {
        String token = client.generateToken(
                TokenSettings.create().permission(WorkspacePermission.Read).expiresIn(1, TimeUnit.HOURS));
        UserInfo guest = client.parseToken(token);
        client.revokeToken(token);
        return guest;
    }

    static HyphaClient logIn(String url, Listener<LoginContext> openBrowser) {
        LoginProfile profile = Hypha.loginWithProfile(
                url, LoginSettings.create().loginTimeout(3, TimeUnit.MINUTES).loginCallback(openBrowser));
        System.out.println("Hello " + profile.getName());
        return Hypha.builder(url).token(profile.getToken()).connect();
    }

    @Test
    @DisplayName("the programs of the guide do what it says")
    void guide() throws Exception {
        try (RootHub hub = new RootHub();
                HyphaClient one = hub.root().connect();
                HyphaClient two = hub.root().connect()) {
            Param<String> name = Param.of("name", String.class);
            one.registerService(TwoClients.open("hello-world")
                    .function("say_hello", name, who -> "Hello " + who)
                    .build());
            assertEquals("Hello John", find(two));
            assertEquals(42L, talk(one, two));
            assertEquals("root", shareWithGuest(one).getParent());
            assertTrue(two.getService("hello-world")
                    .function("say_hello")
                    .idempotent()
                    .schema()
                    .containsKey("parameters"));
        }
    }

    @Test
    @DisplayName("the login of the guide connects as the person")
    void login() {
        HubOptions options =
                HubOptions.builder().login(LoginProvider.withoutPassword()).build();
        try (HyphaHub hub = HyphaHub.start(options);
                HyphaClient client = logIn(hub.getUrl(), context -> Browser.logIn(context.getLoginUrl(), "ada", ""))) {
            assertEquals("ada", client.user().getId());
        }
    }
}
