-- The timeline is a chain: lib/audit/verify.ts computes the same and compares.
CREATE FUNCTION audit_digest(said text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT encode(sha256(convert_to(coalesce(said, ''), 'UTF8')), 'hex')
$$;
--> statement-breakpoint
CREATE FUNCTION audit_append(line audit_events) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  of_chain uuid := coalesce(line.firm_id, '00000000-0000-0000-0000-000000000000');
  head audit_heads;
  link text;
BEGIN
  -- One lock for all chains: a transaction may tell of several firms, in any order.
  PERFORM pg_advisory_xact_lock(hashtextextended('audit_events', 0));
  INSERT INTO audit_heads (chain, position, hash) VALUES (of_chain, 0, '') ON CONFLICT DO NOTHING;
  SELECT * INTO head FROM audit_heads WHERE chain = of_chain;
  link := audit_digest(concat_ws('|', head.hash,
    audit_digest(line.seq::text), audit_digest(line.firm_id::text), audit_digest(line.actor), audit_digest(line.action),
    audit_digest(line.subject), audit_digest(line.detail::text), audit_digest(line.ip),
    audit_digest(extract(epoch from line.at)::text)));
  INSERT INTO audit_links (chain, position, seq, hash) VALUES (of_chain, head.position + 1, line.seq, link);
  UPDATE audit_heads SET position = head.position + 1, hash = link WHERE chain = of_chain;
END
$$;
--> statement-breakpoint
DO $$
DECLARE
  line audit_events;
BEGIN
  FOR line IN SELECT * FROM audit_events ORDER BY seq LOOP
    PERFORM audit_append(line);
  END LOOP;
END
$$;
--> statement-breakpoint
CREATE FUNCTION audit_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM audit_append(NEW);
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- At commit, when a transaction has all its other locks: the chains' lock is then the last, and none waits in a ring.
CREATE CONSTRAINT TRIGGER audit_events_linked AFTER INSERT ON audit_events
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_link();
--> statement-breakpoint
CREATE FUNCTION audit_links_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit_links only grows: % is refused', TG_OP USING ERRCODE = 'restrict_violation';
END
$$;
--> statement-breakpoint
CREATE TRIGGER audit_links_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_links
  FOR EACH STATEMENT EXECUTE FUNCTION audit_links_append_only();
