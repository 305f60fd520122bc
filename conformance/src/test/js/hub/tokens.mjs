// Tokens: made, read, used and revoked.
import { check, Checks, equal, rejects } from "../peer/check.mjs";

export const tokens = {
  name: "hub: tokens",
  needs: [],
  async run({ server, connectElsewhere }) {
    const checks = new Checks();
    const workspace = server.config.workspace;
    await checks.part("says what it is for", async () => {
      const token = await server.generateToken({ permission: "read", expires_in: 60, client_id: "only-me" });
      const user = await server.parseToken(token);
      equal(user.scope.workspaces, { [workspace]: "r" }, "workspaces");
      equal([user.scope.client_id, user.scope.current_workspace], ["only-me", workspace], "client and workspace");
      equal(user.parent, server.config.user.id, "parent");
      check(user.id !== server.config.user.id, "the token stands for the same user");
      const left = user.expires_at - Date.now() / 1000;
      check(left > 30 && left <= 61, `expires in ${left} seconds`);
    });
    await checks.part("lets its bearer in, who is another user", async () => {
      const token = await server.generateToken();
      const bearer = await connectElsewhere({ token });
      equal(bearer.config.workspace, workspace, "workspace");
      equal(await bearer.echo(5), 5, "echo");
      await rejects(bearer.generateToken(), /Only admin can generate token/, "generateToken");
      await rejects(bearer.revokeToken(token), /Permission denied for workspace/, "revokeToken");
      await bearer.disconnect();
    });
    await checks.part("is good for one client id, one workspace and one purpose only", async () => {
      const bound = await server.generateToken({ client_id: "only-me" });
      await rejects(connectElsewhere({ token: bound, clientId: "somebody" }), /Client id mismatch/, "another client id");
      await rejects(
        connectElsewhere({ token: bound, clientId: "only-me", workspace: "lab-elsewhere" }),
        /does not match the specified workspace/,
        "another workspace",
      );
      const special = await server.generateToken({ extra_scopes: ["file:download"] });
      await rejects(connectElsewhere({ token: special }), /Specialized token/, "a special token");
    });
    await checks.part("is not made beyond the rights of its maker", async () => {
      await rejects(server.generateToken({ workspace: "lab-of-others" }), /do not have any permission/, "elsewhere");
      await rejects(server.generateToken({ permission: "root" }), /Invalid permission/, "unknown permission");
      await rejects(server.generateToken({ email: "owner@example.org" }), /'admin' role/, "the email of somebody");
    });
    await checks.part("is of no use once it is revoked", async () => {
      const token = await server.generateToken({ permission: "admin" });
      const inside = await connectElsewhere({ token });
      await server.revokeToken(token);
      await rejects(server.parseToken(token), /Token has been revoked/, "parseToken");
      await rejects(connectElsewhere({ token }), /Token has been revoked/, "connect");
      equal(await inside.echo(1), 1, "whoever is inside already stays");
      await inside.disconnect();
    });
    await checks.part("is checked", async () => {
      await rejects(server.parseToken("no.token.atall"), /token is invalid/, "nonsense");
      await rejects(connectElsewhere({ token: "no.token.atall" }), /Authentication error/, "connecting with nonsense");
    });
    return checks.report();
  },
};
