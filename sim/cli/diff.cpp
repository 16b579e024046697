#include <fmt/format.h>

#include "sim/base/io_error.hpp"
#include "sim/cli/session.hpp"
#include "sim/record/compare.hpp"
#include "sim/record/digests.hpp"
#include "sim/scenario/json.hpp"

namespace sim::cli {
namespace {

using scenario::make_node;
using scenario::Node;

/// A damaged file differs from everything: that is no answer to whether two runs are the same.
void refuse_damaged(const std::string& path)
{
    const auto damages = record::check_digests(record::ResultFile(path));
    if (damages.empty()) return;
    throw IoError(path, "compare the result",
                  fmt::format("{} has not the digest stored with it: the file is damaged, run its scenario again",
                              damages.front().what));
}

class Diff final : public Verb {
public:
    std::string name() const override { return "diff"; }
    std::string help() const override
    {
        return "Tell whether two results hold the same data, and where they first differ; exit code 4 when they do";
    }

    void declare(Arguments& arguments) override
    {
        arguments.positional(a_, "result", "Result file");
        arguments.positional(b_, "other", "Result file to hold against it");
        arguments.flag(attributes_, "--attributes", "Compare scenario, versions and other attributes too");
    }

    int run(const Session& session) override
    {
        refuse_damaged(a_), refuse_damaged(b_);
        const auto difference = record::first_difference(a_, b_, attributes_);
        session.print(session.json() ? json_of(difference) : text_of(difference));
        return difference ? exit_different : exit_ok;
    }

private:
    static std::string text_of(const std::optional<record::Difference>& difference)
    {
        return difference ? "first difference: " + difference->text() + "\n" : "The data are the same.\n";
    }

    static std::string json_of(const std::optional<record::Difference>& difference)
    {
        Node::Table whole{{"same", make_node(!difference)}};
        if (difference) whole["difference"] = record_node(*difference);
        return scenario::write_json(make_node(std::move(whole))) + "\n";
    }

    static Node record_node(const record::Difference& d)
    {
        return make_node(Node::Table{{"variable", make_node(d.variable)},
                                     {"cell", make_node(d.cell)},
                                     {"time", make_node(d.time)},
                                     {"a", make_node(d.a)},
                                     {"b", make_node(d.b)}});
    }

    std::string a_, b_;
    bool attributes_ = false;
};

} // namespace

std::unique_ptr<Verb> diff_verb() { return std::make_unique<Diff>(); }

} // namespace sim::cli
