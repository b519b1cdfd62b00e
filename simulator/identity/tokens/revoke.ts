import { transaction } from "../../core/sql.ts";
import type { World } from "../../core/types.ts";
import { removeConnectionsOfUser } from "../connections.ts";
import { endFamily } from "./families.ts";

/** Ends the user's tokens with the app and, as at Xero, every connection that user has with it. */
export function revokeUserTokens(
  world: World,
  { clientId, userId }: { clientId: string; userId: string },
): void {
  transaction(world.db, () => {
    const hadTokens = endFamily(world, clientId, userId);
    const connections = removeConnectionsOfUser(world, clientId, userId);
    world.journal.write("identity.revoked", { clientId, userId, hadTokens, connections });
  });
}
