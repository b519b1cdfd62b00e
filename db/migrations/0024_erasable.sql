-- Added without a default first: the hashes of the lines that are here cover no salt.
ALTER TABLE "audit_events" ADD COLUMN "detail_salt" text;--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "ip_salt" text;--> statement-breakpoint
ALTER TABLE "audit_events" ALTER COLUMN "detail_salt" SET DEFAULT gen_random_uuid()::text;--> statement-breakpoint
ALTER TABLE "audit_events" ALTER COLUMN "ip_salt" SET DEFAULT gen_random_uuid()::text;--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "detail_digest" text;--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "ip_digest" text;--> statement-breakpoint
CREATE INDEX "attempts_of_checkout" ON "attempts" USING btree ("checkout_id");--> statement-breakpoint
-- What a link covers of a value that may be erased: lib/audit/links.ts computes the same.
CREATE FUNCTION audit_erasable(said text, salt text, erased text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(erased, audit_digest(CASE WHEN said IS NULL OR salt IS NULL THEN said ELSE salt || '|' || said END))
$$;
--> statement-breakpoint
-- A transaction may tell of several chains, in any order. It notes which as it goes, so that at commit it can take their
-- locks in one order, all before the first link: two transactions wait for each other only when they share a chain, and
-- never in a ring.
CREATE FUNCTION audit_note_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  of_chain text := coalesce(NEW.firm_id, '00000000-0000-0000-0000-000000000000')::text;
  noted text := coalesce(current_setting('counterfoil.audit_chains', true), '');
BEGIN
  IF position(of_chain IN noted) = 0 THEN
    PERFORM set_config('counterfoil.audit_chains', concat_ws(',', nullif(noted, ''), of_chain), true);
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER audit_events_noted AFTER INSERT ON audit_events FOR EACH ROW EXECUTE FUNCTION audit_note_chain();
--> statement-breakpoint
CREATE OR REPLACE FUNCTION audit_append(line audit_events) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  of_chain uuid := coalesce(line.firm_id, '00000000-0000-0000-0000-000000000000');
  lock_id bigint;
  head audit_heads;
  link text;
BEGIN
  FOR lock_id IN
    SELECT DISTINCT hashtextextended('audit_events ' || chain, 0) AS id
    FROM unnest(string_to_array(current_setting('counterfoil.audit_chains', true), ',')) AS chain ORDER BY id
  LOOP
    PERFORM pg_advisory_xact_lock(lock_id);
  END LOOP;
  INSERT INTO audit_heads (chain, position, hash) VALUES (of_chain, 0, '') ON CONFLICT DO NOTHING;
  SELECT * INTO head FROM audit_heads WHERE chain = of_chain;
  link := audit_digest(concat_ws('|', head.hash,
    audit_digest(line.seq::text), audit_digest(line.firm_id::text), audit_digest(line.actor), audit_digest(line.action),
    audit_digest(line.subject), audit_erasable(line.detail::text, line.detail_salt, line.detail_digest),
    audit_erasable(line.ip, line.ip_salt, line.ip_digest), audit_digest(extract(epoch from line.at)::text)));
  INSERT INTO audit_links (chain, position, seq, hash) VALUES (of_chain, head.position + 1, line.seq, link);
  UPDATE audit_heads SET position = head.position + 1, hash = link WHERE chain = of_chain;
END
$$;
--> statement-breakpoint
DROP TRIGGER audit_events_append_only ON audit_events;
--> statement-breakpoint
CREATE TRIGGER audit_events_append_only BEFORE DELETE OR TRUNCATE ON audit_events
  FOR EACH STATEMENT EXECUTE FUNCTION audit_events_append_only();
--> statement-breakpoint
-- The one change: an address or facts are erased, and what the chain knows of them stays.
CREATE FUNCTION audit_events_erase_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  allowed audit_events := OLD;
BEGIN
  IF OLD.ip_digest IS NULL AND NEW.ip_digest IS NOT NULL THEN
    allowed.ip := NULL;
    allowed.ip_digest := audit_erasable(OLD.ip, OLD.ip_salt, NULL);
    allowed.ip_salt := NULL;
  END IF;
  IF OLD.detail_digest IS NULL AND NEW.detail_digest IS NOT NULL THEN
    allowed.detail := '{}';
    allowed.detail_digest := audit_erasable(OLD.detail::text, OLD.detail_salt, NULL);
    allowed.detail_salt := NULL;
  END IF;
  IF allowed IS NOT DISTINCT FROM OLD OR allowed IS DISTINCT FROM NEW THEN
    RAISE EXCEPTION 'audit_events only grows: % is refused', TG_OP USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER audit_events_erase_only BEFORE UPDATE ON audit_events
  FOR EACH ROW EXECUTE FUNCTION audit_events_erase_only();
