-- The words of a buyer's name: what is no letter or digit parts them.
CREATE FUNCTION buyer_words(buyer text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector('simple', translate(buyer, '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~', repeat(' ', 32)))
$$;--> statement-breakpoint
CREATE INDEX "orders_of_source" ON "orders" USING btree ("firm_id","source","received_at" DESC NULLS FIRST,"id");--> statement-breakpoint
CREATE INDEX "orders_of_connection" ON "orders" USING btree ("connection_id","received_at" DESC NULLS FIRST,"id");--> statement-breakpoint
CREATE INDEX "orders_cancelled" ON "orders" USING btree ("firm_id","received_at" DESC NULLS FIRST,"id") WHERE "orders"."cancelled_at" is not null;--> statement-breakpoint
CREATE INDEX "orders_by_buyer" ON "orders" USING gin (buyer_words("buyer"));