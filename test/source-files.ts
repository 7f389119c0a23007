import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { inProject } from '../build/project.ts'

/** Paths of the source files of a room. */
export const sourceFiles = (room: string): string[] =>
  readdirSync(inProject(room), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => join(inProject(room), path))
