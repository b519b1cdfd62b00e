// Made by openapi-typescript of the API's OpenAPI document: "npm run api-types" writes it anew.
export interface paths {
    "/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Orders, those received last first
         * @description With source and number the one that they name; else a page of all, of one source, or of one state.
         *
         *     Scope: `orders:write`.
         */
        get: operations["getOrders"];
        put?: never;
        /**
         * Send an order
         * @description Creates an order, repeats it, or with a higher revision changes one that is held. The source and the number name it for ever: sent again, it is the same one, and Xero has its documents once. What is wrong with it is told all at once.
         *
         *     Scope: `orders:write`.
         */
        post: operations["postOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send up to 500 orders
         * @description Each as POST /orders takes it, at most 4 MB together. Mode each answers 207 with an outcome an order, in their order, also when none was taken; mode all takes all of them or none.
         *
         *     Scope: `orders:write`.
         */
        post: operations["postOrders"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of an order
         * @description The order as it is now, with its documents in Xero or what keeps them from it.
         *
         *     Scope: `orders:write`.
         */
        get: operations["getOrder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{id}/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give back an order, or a part of it
         * @description Becomes a credit note with the invoice's accounts and tax, set against what is owed of the invoice. What the till has paid back is paid out of it.
         *
         *     Scope: `orders:write`.
         */
        post: operations["refundOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an order
         * @description What was not sent to Xero yet is withdrawn. An unpaid invoice is voided, or credited where the firm chose that; one that is paid or in a locked period is credited on the first open day. Again, it does nothing more.
         *
         *     Scope: `orders:write`.
         */
        post: operations["cancelOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{id}/attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put a PDF on an order's invoice
         * @description The file as it is, at most 10 MB and ten of an order. It goes on the invoice once that is in Xero, where the client sees it, and on one that takes the invoice's place. Its name is its key: the same file again is the same one.
         *
         *     Scope: `orders:write`.
         */
        post: operations["attachFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the organisation's books offer
         * @description Accounts, tax rates, items, tracking categories and currencies of the key's organisation, as the desk's mirror of Xero has them. Xero is not asked.
         *
         *     Scope: `read`.
         */
        get: operations["getChart"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mapping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What an order may name
         * @description Kinds of item and tenders as the firm's staff have mapped them, and how its orders are written. Xero is not asked.
         *
         *     Scope: `read`.
         */
        get: operations["getMapping"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @example {
         *       "source": "till",
         *       "number": "W-10234",
         *       "date": "2026-11-30",
         *       "currency": "AUD",
         *       "amounts": "exclusive",
         *       "buyer": {
         *         "person": {
         *           "name": "Robin Vale",
         *           "email": "robin@example.com"
         *         }
         *       },
         *       "lines": [
         *         {
         *           "kind": "Hire",
         *           "description": "Scaffold tower, 3 days",
         *           "quantity": "3",
         *           "unitPrice": "40.00"
         *         }
         *       ],
         *       "payments": [
         *         {
         *           "tender": "EFTPOS",
         *           "amount": "132.00"
         *         }
         *       ],
         *       "total": "132.00"
         *     }
         */
        OrderToSend: {
            /**
             * @description Your system, by a name that never changes.
             * @example till
             */
            source: string;
            /**
             * @description The order's number there: with the source it names one order for ever.
             * @example W-10234
             */
            number: string;
            /** @description Rises with each change of the order. Without one an order can't be changed. */
            revision?: number;
            /**
             * Format: date
             * @description Where the organisation is; today when it is left out.
             */
            date?: string;
            /** Format: date */
            dueDate?: string;
            /** @example AUD */
            currency: string;
            /**
             * @description Whether the prices are without tax, with it, or without any.
             * @enum {string}
             */
            amounts: "exclusive" | "inclusive" | "none";
            buyer: components["schemas"]["Buyer"];
            /** @description Whom a purchase order goes to; else the organisation's usual one. */
            supplier?: components["schemas"]["Buyer"];
            /** @description What people see beside the number, such as the client's own order number. */
            reference?: string;
            lines: components["schemas"]["OrderLine"][];
            payments?: components["schemas"]["OrderPayment"][];
            /** @description What your system has as the total, tax included: a check. */
            total?: string;
            /** @description What it has as all tax: a check. */
            taxTotal?: string;
            /**
             * @description As the organisation is set when it is left out.
             * @enum {string}
             */
            process?: "untracked" | "tracked";
            /**
             * @description Of the invoice; as the organisation is set when it is left out.
             * @enum {string}
             */
            status?: "AUTHORISED" | "DRAFT";
            /** @description true: Xero e-mails the invoice to its contact, once it is there. As the organisation is set when it is left out. */
            sendEmail?: boolean;
        };
        /**
         * @description Exactly one of these.
         * @example {
         *       "person": {
         *         "name": "Robin Vale",
         *         "email": "robin@example.com"
         *       }
         *     }
         */
        Buyer: {
            /**
             * Format: uuid
             * @description Xero's ContactID.
             */
            contactId?: string;
            /** @description What your system calls the customer, as linked under Connections → Migrate for the order's source. */
            externalId?: string;
            /**
             * @description Nobody is named: the organisation's cash customer.
             * @constant
             */
            cash?: true;
            /** @description Looked for by e-mail, then by name; made in Xero when there is none. More than one that fits waits for a person. */
            person?: {
                name: string;
                /** Format: email */
                email?: string;
            };
        };
        OrderLine: {
            /**
             * @description The kind of thing that is sold: staff map each to an account, a tax rate and tracking.
             * @example Hire
             */
            kind: string;
            /** @example Scaffold tower, 3 days */
            description: string;
            /**
             * @description What goes off an order has a price below nothing: Xero takes no such quantity.
             * @default 1
             * @example 3
             */
            quantity: string;
            /**
             * @description Up to four decimals.
             * @example 40.00
             */
            unitPrice: string;
            discountPercent?: string;
            /** @description What your system has as this line's tax: a check. */
            tax?: string;
            /** @description Of an item in Xero; else as the kind is mapped. */
            itemCode?: string;
            /** @description By the names in Xero; else as the kind is mapped. */
            tracking?: {
                category: string;
                option: string;
            }[];
            /** @description What it is bought for; with process “tracked” this line is on the purchase order. */
            unitCost?: string;
        };
        /** @description What the till took already. */
        OrderPayment: {
            /** @example EFTPOS */
            tender: string;
            amount: string;
            /**
             * Format: date
             * @description The order's date when it is left out.
             */
            date?: string;
        };
        Batch: {
            /**
             * @description all: none is taken while one of them can't be.
             * @default each
             * @enum {string}
             */
            mode: "each" | "all";
            orders: components["schemas"]["OrderToSend"][];
        };
        RefundToSend: {
            /**
             * @description Names the refund of this order for ever: sent again, it is the same one.
             * @example R-1
             */
            refundNumber: string;
            /**
             * Format: date
             * @description Today when it is left out; the first open day where that is locked.
             */
            date?: string;
            /** @description In the credit note's lines. */
            reason?: string;
            lines?: {
                /**
                 * @description Which of the order's lines, from 0.
                 * @example 0
                 */
                line: number;
                /** @description All of it when it is left out. */
                quantity?: string;
            }[];
            /**
             * @description With tax, taken from all lines in proportion. Without it and lines: all that is left.
             * @example 20.00
             */
            amount?: string;
            /** @description What the till has paid back. */
            payments?: {
                tender: string;
                amount: string;
            }[];
        };
        AcceptedOrder: {
            /** Format: uuid */
            id: string;
            /** @example till */
            source: string;
            /** @example W-10234 */
            number: string;
            /** @description 0 where none was sent. */
            revision: number;
            /**
             * @description held: it waits for the firm's staff, see faults. queued, sending, checking: on its way. written: in Xero. refused: Xero said no to a part of it, also of one that was cancelled. More may be added.
             * @enum {string}
             */
            state: "held" | "queued" | "sending" | "checking" | "written" | "refused" | "cancelled";
            /**
             * Format: date
             * @example 2026-11-30
             */
            date: string;
            /** @example AUD */
            currency: string;
            /**
             * @description With tax. 0 of one that is held and whose total can't be told yet.
             * @example 132.00
             */
            total: string;
            /** @description The contact's name. */
            buyer: string;
            /** Format: date-time */
            receivedAt: string;
            /** Format: date-time */
            changedAt: string;
            documents: {
                /** @enum {string} */
                kind: "invoice" | "purchase_order" | "order_credit";
                /**
                 * @description In its Reference in Xero.
                 * @example CF-2345ABCDEF
                 */
                reference: string;
                /** @description Null where Xero gives it. */
                number: string | null;
                /**
                 * @description queued, sending, checking, written; refused: Xero said no to it, or to voiding or deleting it; taken-back: voided or deleted in Xero, or about to be.
                 * @example written
                 */
                state: string;
                /** @example 132.00 */
                total: string;
                /** @description Xero's id, once it is there. */
                xeroId: string | null;
                /** @description Opens it in Xero. */
                url: string | null;
                /** @description Of an invoice: where the client pays it. Null for one that owes nothing or that Xero numbers. */
                payLink: string | null;
                /** @description Of an invoice that Xero e-mails: queued, sending, checking, written (sent), refused, or ended: it was not sent, or by staff. */
                email: string | null;
                /** @description Why it waits, or why Xero refused it. */
                message: string | null;
                /** @description When it is tried next. */
                nextTry: string | null;
            }[];
            attachments: {
                fileName: string;
                bytes: number;
                /**
                 * @description queued, sending, checking, written, refused, or ended: it did not go, or staff have put it there. Of a held order queued.
                 * @example written
                 */
                state: string;
                /** @description Why it waits, or why Xero refused it. */
                message: string | null;
            }[];
            faults: {
                /**
                 * @description Stable; each has a page under /problems.
                 * @example account-archived
                 */
                code: string;
                /**
                 * @description JSON Pointer into what was sent.
                 * @example #/lines/0/kind
                 */
                pointer: string;
                detail: string;
                /**
                 * @description body, limits, mapping, chart, contact, lock-date or xero; more may be added.
                 * @example chart
                 */
                found: string;
            }[];
            /**
             * @description same: it was here, nothing was changed.
             * @enum {string}
             */
            outcome: "new" | "same" | "revised";
        };
        OrderRehearsal: {
            /** @constant */
            dryRun: true;
            /** @description Of the order of this source and number that is here already. */
            orderId: string | null;
            documents: {
                /** @enum {string} */
                kind: "invoice" | "purchase_order";
                number: string | null;
                date: string;
                dueDate: string | null;
                status: string;
                /** @enum {string} */
                amounts: "exclusive" | "inclusive" | "none";
                contact: {
                    /** @description Null: it would be made. */
                    contactId: string | null;
                    name: string;
                };
                lines: {
                    description: string;
                    quantity: string;
                    unitPrice: string;
                    discountPercent: string | null;
                    accountCode: string;
                    /** @description Null where amounts is none. */
                    taxType: string | null;
                    itemCode: string | null;
                    tracking: {
                        categoryId: string;
                        optionId: string;
                    }[];
                    /** @example 132.00 */
                    amount: string;
                    /** @example 132.00 */
                    tax: string;
                }[];
                /** @example 132.00 */
                net: string;
                /** @example 132.00 */
                tax: string;
                /** @example 132.00 */
                total: string;
                payments: {
                    accountId: string;
                    /** @example 132.00 */
                    amount: string;
                    date: string;
                }[];
                payLink: string | null;
                sendEmail: boolean;
            }[];
            /** @description What will not be as it was sent. */
            adjustments: string[];
            /** @description When the organisation's chart was read last. */
            asOf: string | null;
        };
        /** @description RFC 9457. */
        Problem: {
            /**
             * Format: uri
             * @description A page that says what it means and what to do.
             */
            type: string;
            /** @example The order can't be taken as it is */
            title: string;
            /**
             * @description The HTTP status.
             * @example 422
             */
            status: number;
            /**
             * @description Stable; more may be added.
             * @example order-faults
             */
            code: string;
            /**
             * @description What it is about this time, for a person.
             * @example One thing is wrong.
             */
            detail: string;
            /**
             * @description same-request: the same may succeed later by itself. after-fix: it will not.
             * @enum {string}
             */
            retry: "after-fix" | "same-request";
            /** @description How many things are wrong. */
            total?: number;
            /** @description All that is wrong, at most 200. */
            errors?: {
                /**
                 * @description Stable; each has a page under /problems.
                 * @example field-missing
                 */
                code: string;
                /**
                 * @description JSON Pointer into what was sent (RFC 6901).
                 * @example #/lines/0
                 */
                pointer: string;
                /** @example “kind” is missing. */
                detail: string;
                /**
                 * @description Where: body, limits, mapping, chart, contact, lock-date or xero; more may be added.
                 * @example body
                 */
                found: string;
            }[];
            /**
             * @description The request, as the desk's log names it.
             * @example req_2345ABCDEF
             */
            instance: string;
        };
        Order: {
            /** Format: uuid */
            id: string;
            /** @example till */
            source: string;
            /** @example W-10234 */
            number: string;
            /** @description 0 where none was sent. */
            revision: number;
            /**
             * @description held: it waits for the firm's staff, see faults. queued, sending, checking: on its way. written: in Xero. refused: Xero said no to a part of it, also of one that was cancelled. More may be added.
             * @enum {string}
             */
            state: "held" | "queued" | "sending" | "checking" | "written" | "refused" | "cancelled";
            /**
             * Format: date
             * @example 2026-11-30
             */
            date: string;
            /** @example AUD */
            currency: string;
            /**
             * @description With tax. 0 of one that is held and whose total can't be told yet.
             * @example 132.00
             */
            total: string;
            /** @description The contact's name. */
            buyer: string;
            /** Format: date-time */
            receivedAt: string;
            /** Format: date-time */
            changedAt: string;
            documents: {
                /** @enum {string} */
                kind: "invoice" | "purchase_order" | "order_credit";
                /**
                 * @description In its Reference in Xero.
                 * @example CF-2345ABCDEF
                 */
                reference: string;
                /** @description Null where Xero gives it. */
                number: string | null;
                /**
                 * @description queued, sending, checking, written; refused: Xero said no to it, or to voiding or deleting it; taken-back: voided or deleted in Xero, or about to be.
                 * @example written
                 */
                state: string;
                /** @example 132.00 */
                total: string;
                /** @description Xero's id, once it is there. */
                xeroId: string | null;
                /** @description Opens it in Xero. */
                url: string | null;
                /** @description Of an invoice: where the client pays it. Null for one that owes nothing or that Xero numbers. */
                payLink: string | null;
                /** @description Of an invoice that Xero e-mails: queued, sending, checking, written (sent), refused, or ended: it was not sent, or by staff. */
                email: string | null;
                /** @description Why it waits, or why Xero refused it. */
                message: string | null;
                /** @description When it is tried next. */
                nextTry: string | null;
            }[];
            attachments: {
                fileName: string;
                bytes: number;
                /**
                 * @description queued, sending, checking, written, refused, or ended: it did not go, or staff have put it there. Of a held order queued.
                 * @example written
                 */
                state: string;
                /** @description Why it waits, or why Xero refused it. */
                message: string | null;
            }[];
            faults: {
                /**
                 * @description Stable; each has a page under /problems.
                 * @example account-archived
                 */
                code: string;
                /**
                 * @description JSON Pointer into what was sent.
                 * @example #/lines/0/kind
                 */
                pointer: string;
                detail: string;
                /**
                 * @description body, limits, mapping, chart, contact, lock-date or xero; more may be added.
                 * @example chart
                 */
                found: string;
            }[];
        };
        /** @description RFC 9457, as an answer of its own would have it. */
        ProblemInBatch: {
            /**
             * Format: uri
             * @description A page that says what it means and what to do.
             */
            type: string;
            /** @example The order can't be taken as it is */
            title: string;
            /**
             * @description The HTTP status.
             * @example 422
             */
            status: number;
            /**
             * @description Stable; more may be added.
             * @example order-faults
             */
            code: string;
            /**
             * @description What it is about this time, for a person.
             * @example One thing is wrong.
             */
            detail: string;
            /**
             * @description same-request: the same may succeed later by itself. after-fix: it will not.
             * @enum {string}
             */
            retry: "after-fix" | "same-request";
            /** @description How many things are wrong. */
            total?: number;
            /** @description All that is wrong, at most 200. */
            errors?: {
                /**
                 * @description Stable; each has a page under /problems.
                 * @example field-missing
                 */
                code: string;
                /**
                 * @description JSON Pointer into what was sent (RFC 6901).
                 * @example #/lines/0
                 */
                pointer: string;
                /** @example “kind” is missing. */
                detail: string;
                /**
                 * @description Where: body, limits, mapping, chart, contact, lock-date or xero; more may be added.
                 * @example body
                 */
                found: string;
            }[];
        };
        RefundedOrder: {
            /** Format: uuid */
            id: string;
            /** @example till */
            source: string;
            /** @example W-10234 */
            number: string;
            /** @description 0 where none was sent. */
            revision: number;
            /**
             * @description held: it waits for the firm's staff, see faults. queued, sending, checking: on its way. written: in Xero. refused: Xero said no to a part of it, also of one that was cancelled. More may be added.
             * @enum {string}
             */
            state: "held" | "queued" | "sending" | "checking" | "written" | "refused" | "cancelled";
            /**
             * Format: date
             * @example 2026-11-30
             */
            date: string;
            /** @example AUD */
            currency: string;
            /**
             * @description With tax. 0 of one that is held and whose total can't be told yet.
             * @example 132.00
             */
            total: string;
            /** @description The contact's name. */
            buyer: string;
            /** Format: date-time */
            receivedAt: string;
            /** Format: date-time */
            changedAt: string;
            documents: {
                /** @enum {string} */
                kind: "invoice" | "purchase_order" | "order_credit";
                /**
                 * @description In its Reference in Xero.
                 * @example CF-2345ABCDEF
                 */
                reference: string;
                /** @description Null where Xero gives it. */
                number: string | null;
                /**
                 * @description queued, sending, checking, written; refused: Xero said no to it, or to voiding or deleting it; taken-back: voided or deleted in Xero, or about to be.
                 * @example written
                 */
                state: string;
                /** @example 132.00 */
                total: string;
                /** @description Xero's id, once it is there. */
                xeroId: string | null;
                /** @description Opens it in Xero. */
                url: string | null;
                /** @description Of an invoice: where the client pays it. Null for one that owes nothing or that Xero numbers. */
                payLink: string | null;
                /** @description Of an invoice that Xero e-mails: queued, sending, checking, written (sent), refused, or ended: it was not sent, or by staff. */
                email: string | null;
                /** @description Why it waits, or why Xero refused it. */
                message: string | null;
                /** @description When it is tried next. */
                nextTry: string | null;
            }[];
            attachments: {
                fileName: string;
                bytes: number;
                /**
                 * @description queued, sending, checking, written, refused, or ended: it did not go, or staff have put it there. Of a held order queued.
                 * @example written
                 */
                state: string;
                /** @description Why it waits, or why Xero refused it. */
                message: string | null;
            }[];
            faults: {
                /**
                 * @description Stable; each has a page under /problems.
                 * @example account-archived
                 */
                code: string;
                /**
                 * @description JSON Pointer into what was sent.
                 * @example #/lines/0/kind
                 */
                pointer: string;
                detail: string;
                /**
                 * @description body, limits, mapping, chart, contact, lock-date or xero; more may be added.
                 * @example chart
                 */
                found: string;
            }[];
            /**
             * @description same: it was here, nothing was changed.
             * @enum {string}
             */
            outcome: "new" | "same";
        };
        OrderWithFile: {
            /** Format: uuid */
            id: string;
            /** @example till */
            source: string;
            /** @example W-10234 */
            number: string;
            /** @description 0 where none was sent. */
            revision: number;
            /**
             * @description held: it waits for the firm's staff, see faults. queued, sending, checking: on its way. written: in Xero. refused: Xero said no to a part of it, also of one that was cancelled. More may be added.
             * @enum {string}
             */
            state: "held" | "queued" | "sending" | "checking" | "written" | "refused" | "cancelled";
            /**
             * Format: date
             * @example 2026-11-30
             */
            date: string;
            /** @example AUD */
            currency: string;
            /**
             * @description With tax. 0 of one that is held and whose total can't be told yet.
             * @example 132.00
             */
            total: string;
            /** @description The contact's name. */
            buyer: string;
            /** Format: date-time */
            receivedAt: string;
            /** Format: date-time */
            changedAt: string;
            documents: {
                /** @enum {string} */
                kind: "invoice" | "purchase_order" | "order_credit";
                /**
                 * @description In its Reference in Xero.
                 * @example CF-2345ABCDEF
                 */
                reference: string;
                /** @description Null where Xero gives it. */
                number: string | null;
                /**
                 * @description queued, sending, checking, written; refused: Xero said no to it, or to voiding or deleting it; taken-back: voided or deleted in Xero, or about to be.
                 * @example written
                 */
                state: string;
                /** @example 132.00 */
                total: string;
                /** @description Xero's id, once it is there. */
                xeroId: string | null;
                /** @description Opens it in Xero. */
                url: string | null;
                /** @description Of an invoice: where the client pays it. Null for one that owes nothing or that Xero numbers. */
                payLink: string | null;
                /** @description Of an invoice that Xero e-mails: queued, sending, checking, written (sent), refused, or ended: it was not sent, or by staff. */
                email: string | null;
                /** @description Why it waits, or why Xero refused it. */
                message: string | null;
                /** @description When it is tried next. */
                nextTry: string | null;
            }[];
            attachments: {
                fileName: string;
                bytes: number;
                /**
                 * @description queued, sending, checking, written, refused, or ended: it did not go, or staff have put it there. Of a held order queued.
                 * @example written
                 */
                state: string;
                /** @description Why it waits, or why Xero refused it. */
                message: string | null;
            }[];
            faults: {
                /**
                 * @description Stable; each has a page under /problems.
                 * @example account-archived
                 */
                code: string;
                /**
                 * @description JSON Pointer into what was sent.
                 * @example #/lines/0/kind
                 */
                pointer: string;
                detail: string;
                /**
                 * @description body, limits, mapping, chart, contact, lock-date or xero; more may be added.
                 * @example chart
                 */
                found: string;
            }[];
            /**
             * @description same: it was here, nothing was changed.
             * @enum {string}
             */
            outcome: "new" | "same";
        };
        Chart: {
            /**
             * @description As Xero has it.
             * @example Demo Accountants Pty Ltd
             */
            organisation: string;
            /** @description Active accounts that have a code, by code. */
            accounts: {
                /** @example 200 */
                code: string;
                /** @example Sales */
                name: string;
                /**
                 * @description Xero's account type.
                 * @example REVENUE
                 */
                type: string;
                /**
                 * @description By its type: assets, equity, expenses, liabilities, revenue; null of a type that the desk does not know.
                 * @example revenue
                 */
                class: ("assets" | "equity" | "expenses" | "liabilities" | "revenue") | null;
                /**
                 * @description What Xero taxes a line by that names this account and no tax.
                 * @example OUTPUT
                 */
                taxType: string | null;
            }[];
            /** @description Active tax rates, by name. */
            taxRates: {
                /**
                 * @description Xero's TaxType.
                 * @example OUTPUT
                 */
                taxType: string;
                /** @example GST on Income */
                name: string;
                /**
                 * @description The effective rate, a decimal.
                 * @example 10
                 */
                percent: string;
                /**
                 * @description The classes of accounts that Xero takes it with; none until Xero has been asked.
                 * @example [
                 *       "assets",
                 *       "equity",
                 *       "liabilities",
                 *       "revenue"
                 *     ]
                 */
                appliesTo: ("assets" | "equity" | "expenses" | "liabilities" | "revenue")[];
            }[];
            /** @description Xero's items, by code. */
            items: {
                /** @example HOUR */
                code: string;
                /** @example Consulting, by the hour */
                name: string | null;
                /** @example true */
                isSold: boolean;
                /** @example false */
                isPurchased: boolean;
                /**
                 * @description Xero counts what is in stock.
                 * @example false
                 */
                isTracked: boolean;
                /**
                 * @description Where its sales go when a line names no account.
                 * @example 200
                 */
                salesAccountCode: string | null;
                /**
                 * @description What its sales are taxed by when a line names no tax.
                 * @example OUTPUT
                 */
                salesTaxType: string | null;
            }[];
            /** @description Active tracking categories, by name, with their active options. */
            trackingCategories: {
                /**
                 * @description Xero's TrackingCategoryID.
                 * @example b1df776b-b093-4730-b6ea-590cca40e723
                 */
                id: string;
                /** @example Region */
                name: string;
                options: {
                    /**
                     * @description Xero's TrackingOptionID; a new name keeps it.
                     * @example ae777a87-5ef3-4fa0-a4f0-d10e1f13073a
                     */
                    id: string;
                    /** @example West Coast */
                    name: string;
                }[];
            }[];
            /** @description Those that the organisation is subscribed to: ISO 4217 codes. */
            currencies: string[];
            /** @description When all of it was read from Xero last; null while it is being read for the first time. */
            asOf: string | null;
        };
        Mapping: {
            /**
             * @description As Xero has it.
             * @example Demo Accountants Pty Ltd
             */
            organisation: string;
            /** @description How orders are written. Null: the firm has not said it yet, and every order waits. */
            settings: {
                /**
                 * @description tracked: a purchase order beside the invoice.
                 * @example untracked
                 * @enum {string}
                 */
                process: "untracked" | "tracked";
                /**
                 * @description Of the invoice. A draft takes no payments.
                 * @example AUTHORISED
                 * @enum {string}
                 */
                status: "AUTHORISED" | "DRAFT";
                /**
                 * @description order: the invoice's number is numberPrefix and the order's number; xero: Xero's next.
                 * @example order
                 * @enum {string}
                 */
                numbering: "order" | "xero";
                /** @example SHOP- */
                numberPrefix: string;
                /**
                 * @description From an order's date to its due date where it names none.
                 * @example 14
                 */
                dueDays: number;
                /**
                 * @description What becomes of a kind that is not mapped: it goes to the firm's usual account, or its order waits.
                 * @example fallback
                 * @enum {string}
                 */
                onUnmapped: "fallback" | "hold";
                /**
                 * @description What becomes of an order that is dated in a locked period.
                 * @example hold
                 * @enum {string}
                 */
                onLocked: "hold" | "next_open_day";
                /**
                 * @description What becomes of an unpaid invoice.
                 * @example void
                 * @enum {string}
                 */
                onCancel: "void" | "credit";
                /**
                 * @description Whether a buyer may be “cash”; else its order waits.
                 * @example true
                 */
                hasCashCustomer: boolean;
                /**
                 * @description Whether a tracked order may leave its supplier out; else it waits.
                 * @example false
                 */
                hasSupplier: boolean;
            } | null;
            /** @description By name. Another one may be sent too: it is listed from then on. */
            kinds: {
                /**
                 * @description To the letter, as a line's kind.
                 * @example Hire
                 */
                name: string;
                /**
                 * @description False: an order named it, and staff have not mapped it yet.
                 * @example true
                 */
                isMapped: boolean;
                /**
                 * @description Where its lines go now. Null: nothing says it yet.
                 * @example 200
                 */
                accountCode: string | null;
                /**
                 * @description Xero's TaxType.
                 * @example OUTPUT
                 */
                taxType: string | null;
                /**
                 * @description On purchase orders.
                 * @example 310
                 */
                costAccountCode: string | null;
                /**
                 * @description Where a line names no item.
                 * @example HOUR
                 */
                itemCode: string | null;
                /** @description Where a line names none. */
                tracking: {
                    /** @example Region */
                    category: string;
                    /** @example West Coast */
                    option: string;
                }[];
                /**
                 * @description What of it the kind does not say itself: the settings do, or the account's own tax.
                 * @example [
                 *       "taxType",
                 *       "costAccountCode"
                 *     ]
                 */
                inherits: ("accountCode" | "taxType" | "costAccountCode")[];
            }[];
            /** @description By name. */
            tenders: {
                /**
                 * @description To the letter, as a payment's tender.
                 * @example EFTPOS
                 */
                name: string;
                /**
                 * @description False: an order that names it waits for staff.
                 * @example true
                 */
                isMapped: boolean;
                /** @description Which it is paid into. */
                account: {
                    /**
                     * @description A bank account may have none.
                     * @example 091
                     */
                    code: string | null;
                    /** @example Till clearing */
                    name: string;
                } | null;
            }[];
            /** @description When the chart that these are held against was read from Xero last; null while it is being read for the first time. */
            asOf: string | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description The request, as the desk's log names it. */
        "X-Request-Id": string;
        /** @description How many requests a key has in how many seconds (draft-ietf-httpapi-ratelimit-headers). */
        "RateLimit-Policy": string;
        /** @description How many requests are left, and in how many seconds they begin anew. */
        RateLimit: string;
        /** @description Where to ask for the order; not of a dry run, nor of an answer that is repeated. */
        Location: string;
        /** @description Of the answer to an earlier request with the same Idempotency-Key. */
        "Idempotency-Replayed": "true";
        /** @description How long it was ready to wait, where Prefer asked for it (RFC 7240). */
        "Preference-Applied": string;
        /** @description Seconds after which the same request may be answered otherwise. */
        "Retry-After": number;
        /** @description The methods that the address takes. */
        Allow: string;
        /** @description How to say who asks. */
        "WWW-Authenticate": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getOrders: {
        parameters: {
            query?: {
                source?: string;
                number?: string;
                state?: "held" | "queued" | "sending" | "checking" | "written" | "refused" | "cancelled";
                /** @description next of the page before. */
                after?: string;
                /** @description At most 200; 50 unless it is said. */
                limit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        orders: components["schemas"]["Order"][];
                        /** @description Where the next page begins; null after the last. */
                        next: string | null;
                    };
                };
            };
            /** @description parameter-invalid: A parameter can't be read. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-missing: An API key is needed. key-unknown: This API key is not known. key-revoked: This API key was revoked. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description scope-missing: This API key may not do that. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description method-not-allowed: The address takes another method. */
            405: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Allow: components["headers"]["Allow"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description organisation-disconnected: The organisation is no longer connected. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-many-requests: Too many requests. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    /** @description How many requests a key has in how many seconds (draft-ietf-httpapi-ratelimit-headers). */
                    "RateLimit-Policy"?: string;
                    /** @description How many requests are left, and in how many seconds they begin anew. */
                    RateLimit?: string;
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unexpected: This could not be done, and the fault is ours. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    /** @description How many requests a key has in how many seconds (draft-ietf-httpapi-ratelimit-headers). */
                    "RateLimit-Policy"?: string;
                    /** @description How many requests are left, and in how many seconds they begin anew. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOrder: {
        parameters: {
            query?: {
                /** @description true: the same checks and the exact documents, nothing kept and Xero not asked. A problem where live would hold it or refuse it. */
                dryRun?: "true" | "false";
                /** @description What becomes of an order with faults that the firm's staff can mend. hold, unless it is said: it is taken, and waits for them. */
                onFault?: "hold" | "refuse";
            };
            header?: {
                /** @description For thirty days the same request with it is answered alike, with Idempotency-Replayed: true. */
                "Idempotency-Key"?: string;
                /** @description wait=10: answer when the documents are in Xero, at the latest after so many seconds, at most 20. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrderToSend"];
            };
        };
        responses: {
            /** @description It was here already, or it was revised; or what a dry run found. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptedOrder"] | components["schemas"]["OrderRehearsal"];
                };
            };
            /** @description It is in Xero: Prefer: wait was long enough. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptedOrder"];
                };
            };
            /** @description It is kept: see its state. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptedOrder"];
                };
            };
            /** @description parameter-invalid: A parameter can't be read. body-unreadable: What was sent is no JSON. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-missing: An API key is needed. key-unknown: This API key is not known. key-revoked: This API key was revoked. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description scope-missing: This API key may not do that. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description method-not-allowed: The address takes another method. */
            405: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Allow: components["headers"]["Allow"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description revision-conflict: The order is here, and says something else. order-written: The order's documents can't be changed any more. order-under-way: A document of the order is on its way to Xero. order-being-paid: The order's invoice is being paid. request-running: The same request is under way. organisation-disconnected: The organisation is no longer connected. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    /** @description How many requests a key has in how many seconds (draft-ietf-httpapi-ratelimit-headers). */
                    "RateLimit-Policy"?: string;
                    /** @description How many requests are left, and in how many seconds they begin anew. */
                    RateLimit?: string;
                    /** @description Seconds after which the same request may be answered otherwise. */
                    "Retry-After"?: number;
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: Too much was sent at once. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description media-type-unsupported: What was sent is of another kind. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description order-faults: The order can't be taken as it is. key-reused: The Idempotency-Key was used for something else. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-many-requests: Too many requests. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    /** @description How many requests a key has in how many seconds (draft-ietf-httpapi-ratelimit-headers). */
                    "RateLimit-Policy"?: string;
                    /** @description How many requests are left, and in how many seconds they begin anew. */
                    RateLimit?: string;
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unexpected: This could not be done, and the fault is ours. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    /** @description How many requests a key has in how many seconds (draft-ietf-httpapi-ratelimit-headers). */
                    "RateLimit-Policy"?: string;
                    /** @description How many requests are left, and in how many seconds they begin anew. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOrders: {
        parameters: {
            query?: {
                /** @description true: the same checks and the exact documents, nothing kept and Xero not asked. A problem where live would hold it or refuse it. */
                dryRun?: "true" | "false";
                /** @description What becomes of an order with faults that the firm's staff can mend. hold, unless it is said: it is taken, and waits for them. */
                onFault?: "hold" | "refuse";
            };
            header?: {
                /** @description For thirty days the same request with it is answered alike, with Idempotency-Replayed: true. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Batch"];
            };
        };
        responses: {
            /** @description Mode all: all are kept. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: {
                            /** @description As if the order had been sent alone. */
                            status: number;
                            order?: components["schemas"]["AcceptedOrder"];
                            rehearsal?: components["schemas"]["OrderRehearsal"];
                            problem?: components["schemas"]["ProblemInBatch"];
                        }[];
                    };
                };
            };
            /** @description Mode each, and dry runs. */
            207: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: {
                            /** @description As if the order had been sent alone. */
                            status: number;
                            order?: components["schemas"]["AcceptedOrder"];
                            rehearsal?: components["schemas"]["OrderRehearsal"];
                            problem?: components["schemas"]["ProblemInBatch"];
                        }[];
                    };
                };
            };
            /** @description parameter-invalid: A parameter can't be read. body-unreadable: What was sent is no JSON. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-missing: An API key is needed. key-unknown: This API key is not known. key-revoked: This API key was revoked. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description scope-missing: This API key may not do that. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description method-not-allowed: The address takes another method. */
            405: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Allow: components["headers"]["Allow"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-running: The same request is under way. organisation-disconnected: The organisation is no longer connected. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    /** @description How many requests a key has in how many seconds (draft-ietf-httpapi-ratelimit-headers). */
                    "RateLimit-Policy"?: string;
                    /** @description How many requests are left, and in how many seconds they begin anew. */
                    RateLimit?: string;
                    /** @description Seconds after which the same request may be answered otherwise. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: Too much was sent at once. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description media-type-unsupported: What was sent is of another kind. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description batch-faults: The batch can't be taken as it is. key-reused: The Idempotency-Key was used for something else. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-many-requests: Too many requests. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    /** @description How many requests a key has in how many seconds (draft-ietf-httpapi-ratelimit-headers). */
                    "RateLimit-Policy"?: string;
                    /** @description How many requests are left, and in how many seconds they begin anew. */
                    RateLimit?: string;
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unexpected: This could not be done, and the fault is ours. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    /** @description How many requests a key has in how many seconds (draft-ietf-httpapi-ratelimit-headers). */
                    "RateLimit-Policy"?: string;
                    /** @description How many requests are left, and in how many seconds they begin anew. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The order. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description parameter-invalid: A parameter can't be read. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-missing: An API key is needed. key-unknown: This API key is not known. key-revoked: This API key was revoked. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description scope-missing: This API key may not do that. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description order-unknown: There is no such order. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description method-not-allowed: The address takes another method. */
            405: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Allow: components["headers"]["Allow"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description organisation-disconnected: The organisation is no longer connected. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-many-requests: Too many requests. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    /** @description How many requests a key has in how many seconds (draft-ietf-httpapi-ratelimit-headers). */
                    "RateLimit-Policy"?: string;
                    /** @description How many requests are left, and in how many seconds they begin anew. */
                    RateLimit?: string;
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unexpected: This could not be done, and the fault is ours. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    /** @description How many requests a key has in how many seconds (draft-ietf-httpapi-ratelimit-headers). */
                    "RateLimit-Policy"?: string;
                    /** @description How many requests are left, and in how many seconds they begin anew. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refundOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description For thirty days the same request with it is answered alike, with Idempotency-Replayed: true. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefundToSend"];
            };
        };
        responses: {
            /** @description It was here already. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundedOrder"];
                };
            };
            /** @description Its credit note is on its way to Xero. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundedOrder"];
                };
            };
            /** @description parameter-invalid: A parameter can't be read. body-unreadable: What was sent is no JSON. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-missing: An API key is needed. key-unknown: This API key is not known. key-revoked: This API key was revoked. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description scope-missing: This API key may not do that. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description order-unknown: There is no such order. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description method-not-allowed: The address takes another method. */
            405: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Allow: components["headers"]["Allow"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description refund-conflict: The refund is here, and says something else. order-under-way: A document of the order is on its way to Xero. order-written: The order's documents can't be changed any more. request-running: The same request is under way. organisation-disconnected: The organisation is no longer connected. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    /** @description How many requests a key has in how many seconds (draft-ietf-httpapi-ratelimit-headers). */
                    "RateLimit-Policy"?: string;
                    /** @description How many requests are left, and in how many seconds they begin anew. */
                    RateLimit?: string;
                    /** @description Seconds after which the same request may be answered otherwise. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: Too much was sent at once. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description media-type-unsupported: What was sent is of another kind. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description order-faults: The order can't be taken as it is. key-reused: The Idempotency-Key was used for something else. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-many-requests: Too many requests. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    /** @description How many requests a key has in how many seconds (draft-ietf-httpapi-ratelimit-headers). */
                    "RateLimit-Policy"?: string;
                    /** @description How many requests are left, and in how many seconds they begin anew. */
                    RateLimit?: string;
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unexpected: This could not be done, and the fault is ours. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    /** @description How many requests a key has in how many seconds (draft-ietf-httpapi-ratelimit-headers). */
                    "RateLimit-Policy"?: string;
                    /** @description How many requests are left, and in how many seconds they begin anew. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is cancelled. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description parameter-invalid: A parameter can't be read. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-missing: An API key is needed. key-unknown: This API key is not known. key-revoked: This API key was revoked. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description scope-missing: This API key may not do that. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description order-unknown: There is no such order. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description method-not-allowed: The address takes another method. */
            405: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Allow: components["headers"]["Allow"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description order-under-way: A document of the order is on its way to Xero. order-being-paid: The order's invoice is being paid. order-written: The order's documents can't be changed any more. organisation-disconnected: The organisation is no longer connected. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    /** @description How many requests a key has in how many seconds (draft-ietf-httpapi-ratelimit-headers). */
                    "RateLimit-Policy"?: string;
                    /** @description How many requests are left, and in how many seconds they begin anew. */
                    RateLimit?: string;
                    /** @description Seconds after which the same request may be answered otherwise. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-many-requests: Too many requests. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    /** @description How many requests a key has in how many seconds (draft-ietf-httpapi-ratelimit-headers). */
                    "RateLimit-Policy"?: string;
                    /** @description How many requests are left, and in how many seconds they begin anew. */
                    RateLimit?: string;
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unexpected: This could not be done, and the fault is ours. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    /** @description How many requests a key has in how many seconds (draft-ietf-httpapi-ratelimit-headers). */
                    "RateLimit-Policy"?: string;
                    /** @description How many requests are left, and in how many seconds they begin anew. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    attachFile: {
        parameters: {
            query: {
                /** @description Ends in .pdf. */
                fileName: string;
            };
            header?: {
                /** @description For thirty days the same request with it is answered alike, with Idempotency-Replayed: true. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/pdf": string;
            };
        };
        responses: {
            /** @description It was here already. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderWithFile"];
                };
            };
            /** @description It is kept: see the order's attachments. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderWithFile"];
                };
            };
            /** @description parameter-invalid: A parameter can't be read. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-missing: An API key is needed. key-unknown: This API key is not known. key-revoked: This API key was revoked. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description scope-missing: This API key may not do that. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description order-unknown: There is no such order. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description method-not-allowed: The address takes another method. */
            405: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Allow: components["headers"]["Allow"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description file-conflict: The order has another file of this name. order-written: The order's documents can't be changed any more. request-running: The same request is under way. organisation-disconnected: The organisation is no longer connected. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    /** @description How many requests a key has in how many seconds (draft-ietf-httpapi-ratelimit-headers). */
                    "RateLimit-Policy"?: string;
                    /** @description How many requests are left, and in how many seconds they begin anew. */
                    RateLimit?: string;
                    /** @description Seconds after which the same request may be answered otherwise. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: Too much was sent at once. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description media-type-unsupported: What was sent is of another kind. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description file-unusable: The file can't go on an invoice. key-reused: The Idempotency-Key was used for something else. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-many-requests: Too many requests. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    /** @description How many requests a key has in how many seconds (draft-ietf-httpapi-ratelimit-headers). */
                    "RateLimit-Policy"?: string;
                    /** @description How many requests are left, and in how many seconds they begin anew. */
                    RateLimit?: string;
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unexpected: This could not be done, and the fault is ours. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    /** @description How many requests a key has in how many seconds (draft-ietf-httpapi-ratelimit-headers). */
                    "RateLimit-Policy"?: string;
                    /** @description How many requests are left, and in how many seconds they begin anew. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getChart: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The chart. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Chart"];
                };
            };
            /** @description key-missing: An API key is needed. key-unknown: This API key is not known. key-revoked: This API key was revoked. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description scope-missing: This API key may not do that. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description method-not-allowed: The address takes another method. */
            405: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Allow: components["headers"]["Allow"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description organisation-disconnected: The organisation is no longer connected. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-many-requests: Too many requests. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    /** @description How many requests a key has in how many seconds (draft-ietf-httpapi-ratelimit-headers). */
                    "RateLimit-Policy"?: string;
                    /** @description How many requests are left, and in how many seconds they begin anew. */
                    RateLimit?: string;
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unexpected: This could not be done, and the fault is ours. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    /** @description How many requests a key has in how many seconds (draft-ietf-httpapi-ratelimit-headers). */
                    "RateLimit-Policy"?: string;
                    /** @description How many requests are left, and in how many seconds they begin anew. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMapping: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The mapping. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Mapping"];
                };
            };
            /** @description key-missing: An API key is needed. key-unknown: This API key is not known. key-revoked: This API key was revoked. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description scope-missing: This API key may not do that. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description method-not-allowed: The address takes another method. */
            405: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    Allow: components["headers"]["Allow"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description organisation-disconnected: The organisation is no longer connected. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-many-requests: Too many requests. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    /** @description How many requests a key has in how many seconds (draft-ietf-httpapi-ratelimit-headers). */
                    "RateLimit-Policy"?: string;
                    /** @description How many requests are left, and in how many seconds they begin anew. */
                    RateLimit?: string;
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unexpected: This could not be done, and the fault is ours. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    /** @description How many requests a key has in how many seconds (draft-ietf-httpapi-ratelimit-headers). */
                    "RateLimit-Policy"?: string;
                    /** @description How many requests are left, and in how many seconds they begin anew. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
