import { serveAside } from '../db/write-aside.ts'
import { answerList } from './post-list.ts'

// The thread of `postListAside`. The build makes it a bundle of its own.
serveAside(answerList)
