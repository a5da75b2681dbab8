/** Publishes a small set into a folder: `publish-process.ts FOLDER`. Dies or stops on the way where its failpoint says so. */
import { createSetStore } from '#store/sets.ts'
import { newSet } from './new-set.ts'

const [folder = ''] = process.argv.slice(2)
await createSetStore(folder).publish(newSet('# b\n'))
