export declare function packagesMatchLockFile(
  root: string,
  options: { readonly withDev: boolean },
): boolean;
