import type { Db } from "#lib/core/db.ts";
import type { XeroAccount, XeroAction, XeroOrganisation } from "../api/types.ts";
import { appErrorOf, XeroFault } from "../api/xero-fault.ts";
import { withXero } from "../call.ts";
import { wholeList } from "../rows/whole-list.ts";

/** What an organisation says of itself now, for a person who looks whether all is set up. */
export type OrganisationNow = {
  organisation: XeroOrganisation;
  actions: XeroAction[];
  accounts: XeroAccount[];
  currencies: string[];
  themes: string[];
};

/** Asks Xero five things, or says in a sentence why it could not be asked. */
export async function askOrganisation(db: Db, connectionId: string): Promise<OrganisationNow | string> {
  try {
    return await withXero(db, connectionId, "payer", async (xero) => {
      const [organisation, actions, accounts, currencies, themes] = await Promise.all([
        xero.organisation(),
        xero.organisationActions(),
        xero.accounts(),
        xero.currencies(),
        xero.brandingThemes(),
      ]);
      return {
        ...{ organisation, actions, accounts: wholeList(accounts) },
        currencies: wholeList(currencies).map(({ code }) => code),
        themes: wholeList(themes).map(({ name }) => name),
      };
    });
  } catch (error) {
    if (error instanceof XeroFault) return appErrorOf(error).message;
    throw error;
  }
}
