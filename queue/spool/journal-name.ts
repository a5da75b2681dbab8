/** Names of journals, which identify the process that writes them. */

import { randomBytes } from 'node:crypto'
import { type Owner, ownerName, parseOwner } from '#base/owner.ts'

const NAME = /^(.+)-[0-9a-f]{8}$/

/** A name for a new journal of this process. */
export const newJournalName = (): string => `${ownerName()}-${randomBytes(4).toString('hex')}`

/** The owner of a journal; `undefined` for other names. */
export const parseJournalName = (name: string): Owner | undefined => parseOwner(NAME.exec(name)?.[1] ?? '')
