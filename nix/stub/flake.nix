# Stands in for nixpkgs where there is no network: holds the names our flake uses, so that evaluating it shows its own mistakes.
# It cannot show that nixpkgs has those names.
{
  outputs = _: {
    legacyPackages = builtins.listToAttrs (map
      (system: {
        name = system;
        value =
          let
            stub = name: derivation { inherit name system; builder = "/bin/false"; };
            forced = attributes: builtins.deepSeq (removeAttrs attributes [ "src" "cargoLock" ]) (stub (attributes.pname or "shell"));
          in
          {
            nodejs_24 = stub "nodejs";
            cargo = stub "cargo";
            rustc = stub "rustc";
            rustfmt = stub "rustfmt";
            clippy = stub "clippy";
            python311 = stub "python";
            chromium = stub "chromium";
            mkShell = forced;
            rustPlatform.buildRustPackage = forced;
          };
      })
      [ "x86_64-linux" "aarch64-linux" "x86_64-darwin" "aarch64-darwin" ]);
  };
}
