import { statement } from "../core/sql.ts";
import type { World } from "../core/types.ts";

export type User = {
  userId: string;
  email: string;
  givenName: string;
  familyName: string;
  subject: string;
  /** The country whose organisations this person may connect; "*" for all. */
  sees: string;
};

const COLUMNS = "user_id as userId, email, given_name as givenName, family_name as familyName, subject, sees";

export function listUsers(world: World): User[] {
  return statement(world.db, `select ${COLUMNS} from identity_users order by given_name`).all() as User[];
}

export function getUser(world: World, userId: string): User | undefined {
  const select = statement(world.db, `select ${COLUMNS} from identity_users where user_id = ?`);
  return select.get(userId) as User | undefined;
}

export function insertUser(world: World, user: User): void {
  statement(world.db, "insert into identity_users values (?, ?, ?, ?, ?, ?)").run(
    user.userId,
    user.email,
    user.givenName,
    user.familyName,
    user.subject,
    user.sees,
  );
}

export const fullName = (user: User) => `${user.givenName} ${user.familyName}`;
