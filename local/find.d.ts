export declare function cacheFolder(): string;
export declare function findOnPath(
  name: string,
  moreFolders?: readonly string[],
): string | undefined;
export declare function findTemporal(): string | undefined;
export declare function findDovecot(): string | undefined;
