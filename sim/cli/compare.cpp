#include "sim/record/compare.hpp"
#include "sim/cli/session.hpp"

namespace sim::cli {
namespace {

class Compare final : public Verb {
public:
    std::string name() const override { return "compare"; }
    std::string help() const override { return "Compare two results series by series; exit code 4 when they differ"; }

    void declare(Arguments& arguments) override
    {
        arguments.positional(a_, "result", "Result file");
        arguments.positional(b_, "other", "Result file to compare it with");
    }

    int run(const Session& session) override
    {
        const record::Comparison comparison = record::compare(a_, b_);
        session.print(session.json() ? record::to_json(comparison) + "\n" : record::to_text(comparison));
        return comparison.identical() ? exit_ok : exit_different;
    }

private:
    std::string a_;
    std::string b_;
};

} // namespace

std::unique_ptr<Verb> compare_verb() { return std::make_unique<Compare>(); }

} // namespace sim::cli
