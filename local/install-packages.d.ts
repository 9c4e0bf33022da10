export declare function packagesMatchLockFile(root: string): boolean;
