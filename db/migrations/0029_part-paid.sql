INSERT INTO "sync_cursors" ("firm_id", "connection_id", "kind", "page")
SELECT "connections"."firm_id", "connections"."id", 'part_paid', 1
FROM "connections"
WHERE "connections"."ended_at" IS NULL
  AND EXISTS (SELECT 1 FROM "sync_cursors" WHERE "sync_cursors"."connection_id" = "connections"."id");
