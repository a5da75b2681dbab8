/** Reads a page for the checks. */

import type { Page } from '#generate/model.ts'
import { contentsOf, type PageContents } from '#markdown/contents.ts'
import { parse } from '#markdown/parse.ts'

/** A page with the contents to check. Its tree is not kept: a set may have thousands of pages. */
export interface ReadPage extends PageContents {
  page: Page
}

export function readPage(page: Page): ReadPage {
  return { page, ...contentsOf(parse(page.markdown)) }
}
