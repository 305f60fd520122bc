package io.hypha.rpc.samples;

import io.hypha.rpc.call.UserInfo;
import io.hypha.rpc.call.WorkspacePermission;
import io.hypha.rpc.hub.HubOptions;
import io.hypha.rpc.hub.HyphaHub;
import io.hypha.rpc.hub.LoginProvider;
import io.hypha.rpc.java.Hypha;
import io.hypha.rpc.java.HyphaClient;
import io.hypha.rpc.java.LoginSettings;
import io.hypha.rpc.java.TokenSettings;
import io.hypha.rpc.ktor.LoginProfile;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Has you log in with a browser, at the server whose URL is the argument, or else at a hub of its own. */
public final class JavaLogin {
    private JavaLogin() {}

    /** @param args the URL of the server, if there is one. */
    public static void main(String[] args) {
        if (args.length > 0) {
            greet(args[0]);
            return;
        }
        HubOptions options =
                HubOptions.builder().login(LoginProvider.withoutPassword()).build();
        try (HyphaHub hub = HyphaHub.start(options)) {
            greet(hub.getUrl());
        }
    }

    private static void greet(String url) {
        try (HyphaClient client = logIn(url)) {
            System.out.println("You are " + client.user().getId() + " in the workspace " + client.workspace());
            shareWithGuest(client);
        }
    }

    // tag::java-login[]
    static HyphaClient logIn(String url) {
        LoginProfile profile = Hypha.loginWithProfile(
                url,
                LoginSettings.create()
                        .loginTimeout(3, TimeUnit.MINUTES)
                        .loginCallback(context -> System.out.println("Log in at " + context.getLoginUrl())));
        System.out.println("Hello " + profile.getName());
        return Hypha.builder(url).token(profile.getToken()).connect();
    }
    // end::java-login[]

    // tag::java-tokens[]
    static void shareWithGuest(HyphaClient client) {
        String token = client.generateToken(
                TokenSettings.create().permission(WorkspacePermission.Read).expiresIn(1, TimeUnit.HOURS));
        UserInfo guest = client.parseToken(token);
        WorkspacePermission permission = guest.getScope().permissionIn(client.workspace());
        System.out.println("A guest of " + guest.getParent() + " may " + permission.getWord());
        client.revokeToken(token);
    }
    // end::java-tokens[]

    // tag::java-token-provider[]
    static HyphaClient connectWithFreshTokens(String url, Path tokenFile) {
        return Hypha.builder(url)
                .tokenProvider(() -> {
                    try (BufferedReader reader = Files.newBufferedReader(tokenFile, StandardCharsets.UTF_8)) {
                        return reader.readLine();
                    }
                })
                .connect();
    }
    // end::java-token-provider[]
}
