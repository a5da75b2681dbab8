/** A page as its reader gets it. */

import type { Page } from '#generate/model.ts'
import { contentsOf, type PageContents } from '#markdown/contents.ts'
import { parse } from '#markdown/parse.ts'

/** What the checks need of a page; its tree is not kept, since a set may have thousands. */
export interface ReadPage extends PageContents {
  page: Page
}

export function readPage(page: Page): ReadPage {
  return { page, ...contentsOf(parse(page.markdown)) }
}
