import { expect, test } from "vitest";
import { TrackingCategory } from "xero-node/dist/gen/model/accounting/trackingCategory.js";
import { TrackingOption } from "xero-node/dist/gen/model/accounting/trackingOption.js";
import { readItem, readTrackingCategory } from "./catalogue-rows.ts";

test("an item says what its sales are booked to and taxed by", () => {
  const salesDetails = { unitPrice: 185, accountCode: "200", taxType: "OUTPUT" };
  const item = { itemID: "i-1", code: "HOUR", name: "Consulting", isSold: true, isPurchased: false };
  expect(readItem({ ...item, isTrackedAsInventory: false, salesDetails })).toEqual({
    ...{ itemId: "i-1", code: "HOUR", name: "Consulting" },
    ...{ isSold: true, isPurchased: false, isTracked: false },
    ...{ salesAccountCode: "200", salesTaxType: "OUTPUT" },
  });
});

test("an item of which Xero says no more than its code can be sold and bought, and is not counted", () => {
  expect(readItem({ itemID: "i-1", code: "HOUR" })).toEqual({
    ...{ itemId: "i-1", code: "HOUR", name: null },
    ...{ isSold: true, isPurchased: true, isTracked: false },
    ...{ salesAccountCode: null, salesTaxType: null },
  });
});

test("an item without its code can't be read: no line could name it", () => {
  expect(() => readItem({ itemID: "i-1", code: "" })).toThrow("the code of item i-1");
});

const { ACTIVE, ARCHIVED } = TrackingOption.StatusEnum;
const category: TrackingCategory = {
  trackingCategoryID: "t-1",
  name: "Region",
  status: TrackingCategory.StatusEnum.ACTIVE,
};

test("a tracking category comes with its options, archived ones as archived", () => {
  const options = [
    { trackingOptionID: "o-1", name: "North", status: ACTIVE },
    { trackingOptionID: "o-2", name: "Old Town", status: ARCHIVED },
  ];
  expect(readTrackingCategory({ ...category, options })).toEqual({
    ...{ categoryId: "t-1", name: "Region", status: "ACTIVE" },
    options: [
      { optionId: "o-1", name: "North", status: "ACTIVE" },
      { optionId: "o-2", name: "Old Town", status: "ARCHIVED" },
    ],
  });
});

test.each([
  ["its id", { name: "North", status: ACTIVE }, "the id of an option of t-1"],
  ["its status", { trackingOptionID: "o-1", name: "North" }, "the status of option o-1"],
])("a category with an option that lacks %s can't be read", (_, option, words) => {
  expect(() => readTrackingCategory({ ...category, options: [option] })).toThrow(words);
});
