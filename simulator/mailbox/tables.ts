import { clearSetting } from "../core/settings.ts";
import type { World } from "../core/types.ts";
import { REFUSING } from "./smtp.ts";

export function initMailbox(world: World): void {
  world.db.exec(`
    create table if not exists mail_messages (
      id integer primary key autoincrement, at integer not null, sender text not null, recipients text not null,
      subject text not null, text text, html text, headers text not null, attachments text not null
    );
  `);
}

export function seedMailbox(world: World): void {
  world.db.exec("delete from mail_messages");
  clearSetting(world, REFUSING);
}
