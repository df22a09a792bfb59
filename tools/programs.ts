import { existsSync, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { programsFolder } from '../toolkit/host/unpacked-programs.ts';
import { type ProgramName, programs } from './programs/catalogue.ts';
import { fetchPackages } from './programs/debian.ts';
import type { Program } from './programs/program.ts';

export type { ProgramName } from './programs/catalogue.ts';

export type Installation = {
  readonly paths: ReadonlyMap<ProgramName, string>;
  readonly missing: readonly ProgramName[];
  /** Why some are missing and what to do about it, in sentences; empty when none is. */
  readonly reason: string;
};

/** The program on PATH, or the private copy that an earlier installation unpacked. Costs milliseconds. */
export function findProgram(name: ProgramName): string | undefined {
  const program = programs[name];
  return findOnPath(program.commands) ?? findUnpacked(program);
}

/**
 * Finds the programs and unpacks those that are missing from Debian's packages into the user's own cache folder. Needs
 * no root, starts nothing, and leaves the system as it was. Never throws: what cannot be had is named in the result.
 */
export async function installPrograms(
  names: readonly ProgramName[],
  report: (line: string) => void,
): Promise<Installation> {
  const absent = names.filter((name) => findProgram(name) === undefined);
  if (absent.length === 0) return installationOf(names, '');

  const packages = [...new Set(absent.flatMap(packagesOf))];
  const failure = await fetchPackages(packages, report);
  return installationOf(names, failure ?? '');
}

/** Path of a program that an installation was asked for and found. */
export function pathOf({ paths }: Installation, name: ProgramName): string {
  const path = paths.get(name);
  if (path === undefined) throw new Error(`Bug: ${name} was not checked for.`);
  return path;
}

/** Folders of the libraries that came with private copies of these programs, for `LD_LIBRARY_PATH`. */
export function libraryFolders(names: readonly ProgramName[]): readonly string[] {
  const folders = names.flatMap((name) => (programs[name].needs ?? []).map((needed) => join(programsFolder(), needed)));
  return folders.flatMap((folder) =>
    globSync(['usr/lib/*-linux-gnu*', 'lib/*-linux-gnu*'], { cwd: folder }).map((path) => join(folder, path)),
  );
}

function packagesOf(name: ProgramName): readonly string[] {
  return [programs[name].package, ...(programs[name].needs ?? [])];
}

function installationOf(names: readonly ProgramName[], failure: string): Installation {
  const paths = new Map<ProgramName, string>();
  for (const name of names) {
    const path = findProgram(name);
    if (path !== undefined) paths.set(name, path);
  }
  const missing = names.filter((name) => !paths.has(name));
  return { paths, missing, reason: missing.length === 0 ? '' : reasonFor(missing, failure) };
}

function reasonFor(missing: readonly ProgramName[], failure: string): string {
  const products = [...new Set(missing.map((name) => programs[name].product))];
  return `Not on PATH: ${missing.join(', ')}. ${failure} Install ${products.join(', ')} and put the programs on PATH.`;
}

function findOnPath(commands: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return commands.flatMap((command) => folders.map((folder) => join(folder, command))).find((path) => existsSync(path));
}

function findUnpacked(program: Program): string | undefined {
  const path = join(programsFolder(), program.package, program.file);
  return existsSync(path) ? path : undefined;
}
