{
  description = "Gyrus, a desktop lab for spiking, genome-grown brains";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs = { self, nixpkgs }:
    let
      systems = [ "x86_64-linux" "aarch64-linux" "x86_64-darwin" "aarch64-darwin" ];
      forEach = make: builtins.listToAttrs (map (system: { name = system; value = make nixpkgs.legacyPackages.${system}; }) systems);
    in
    {
      # The toolchain: everything `npm start` and `npm test` look for on a machine.
      devShells = forEach (pkgs: {
        default = pkgs.mkShell {
          packages = [ pkgs.nodejs_24 pkgs.cargo pkgs.rustc pkgs.rustfmt pkgs.clippy pkgs.python311 pkgs.chromium ];
        };
      });

      # The native engine alone, from the locked crates.
      packages = forEach (pkgs: {
        default = pkgs.rustPlatform.buildRustPackage {
          pname = "gyrus-engine";
          version = "0.1.0";
          src = ./native;
          cargoLock.lockFile = ./native/Cargo.lock;
        };
      });
    };
}
