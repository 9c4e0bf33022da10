export function peerPackage(name: 'postal-mime'): string;
export function installPeerPackages(): Promise<string>;
