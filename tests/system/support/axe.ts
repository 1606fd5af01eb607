import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/**
 * Every rule of axe on this page. Only of faults it works out where they stand, and it looks at the page where it is,
 * without carrying everything over into a second page: the same faults in a third of the time. Our frames hold mails and
 * run no scripts, so that axe would wait in them for ever: what is in them is looked at as a page of its own.
 * `there`: this very document has it already from a look before; carrying its half a megabyte over again shows nothing new.
 */
export function axe(page: Page, there = false): AxeBuilder {
  return new AxeBuilder(there ? { page, axeSource: "void 0;" } : { page })
    .options({ resultTypes: ["violations"], iframes: false })
    .setLegacyMode();
}
