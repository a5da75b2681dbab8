/** All tools, in the order in which they are listed. */

import { askQuestion } from './ask-tool.ts'
import { callees, callers, getSymbol, impact, implementations, pathBetween, readFileOutline } from './graph-tools.ts'
import { documentRepository, jobStatus } from './job-tools.ts'
import { readSource } from './source-tools.ts'
import type { Tool } from './tool.ts'
import { listRepositories, readWikiContents, readWikiStructure, search } from './wiki-tools.ts'

export const TOOLS: readonly Tool[] = [
  listRepositories,
  readWikiStructure,
  readWikiContents,
  askQuestion,
  search,
  getSymbol,
  callers,
  callees,
  implementations,
  pathBetween,
  impact,
  readFileOutline,
  readSource,
  documentRepository,
  jobStatus,
]
